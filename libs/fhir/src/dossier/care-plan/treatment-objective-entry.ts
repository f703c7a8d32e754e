import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { observedValue } from '../elements/observed-value.js';
import { conceptWarnings, printConcept } from '../elements/print-concept.js';
import { printReference, printReferences } from '../elements/print-party.js';
import { ENTERED_IN_ERROR, printStatus, type StatusWords } from '../elements/print-status.js';
import { printDutchTime } from '../elements/print-time.js';
import { joinNotes, readable } from '../elements/readable.js';
import { codedValue, recordEntry, type RecordValue } from '../elements/record-entry.js';

const ReadGoal = z.looseObject({
  lifecycleStatus: readable.text,
  achievementStatus: readable.concept,
  description: readable.concept,
  startDate: readable.text,
  statusDate: readable.text,
  expressedBy: readable.reference,
  addresses: readable.references,
  target: z.array(z.looseObject({ measure: readable.concept, dueDate: readable.text }).catch({})).catch([]),
  note: readable.notes,
});

const statuses: StatusWords = {
  proposed: { label: 'voorgesteld', warning: 'Voorgesteld, nog niet afgesproken.' },
  planned: { label: 'gepland' },
  accepted: { label: 'afgesproken' },
  active: { label: 'lopend' },
  'on-hold': { label: 'onderbroken', warning: 'Onderbroken.' },
  completed: { label: 'afgerond', warning: 'Afgerond.' },
  cancelled: { label: 'geannuleerd', warning: 'Geannuleerd.' },
  rejected: { label: 'afgewezen', warning: 'Afgewezen.' },
  'entered-in-error': ENTERED_IN_ERROR,
};

/** What is aimed at, as a line of the dossier (zib Behandeldoel). */
export function treatmentObjectiveEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadGoal.parse(resource);
  const name = printConcept(read.description);
  return recordEntry(resource, context, {
    label: name ?? 'Doel niet genoemd',
    values: [
      ...read.target.flatMap(targetValues),
      codedValue('Bereikt', read.achievementStatus),
      { label: 'Reden', value: printReferences(read.addresses, context) },
    ],
    note: joinNotes(read.note),
    at: read.startDate ?? read.statusDate,
    author: printReference(read.expressedBy, context),
    status: printStatus(read.lifecycleStatus, statuses),
    warnings: name === undefined ? ['De bron noemt het doel niet.'] : conceptWarnings(read.description === undefined ? [] : [read.description]),
  });
}

/** `detail[x]` is to a target what `value[x]` is to an Observation. */
function targetValues({ measure, dueDate, ...details }: z.infer<typeof ReadGoal>['target'][number]): readonly RecordValue[] {
  const detail = Object.fromEntries(Object.entries(details).map(([name, value]) => [name.replace(/^detail(?=[A-Z])/, 'value'), value]));
  const label = printConcept(measure) ?? 'Streefwaarde';
  const warnings = measure === undefined ? [] : conceptWarnings([measure]);
  const aimed = observedValue(detail, { label, optional: true });
  return [{ ...aimed, warnings: [...warnings, ...(aimed.warnings ?? [])] }, { label: 'Te bereiken op', value: dueDate && printDutchTime(dueDate) }];
}
