import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { conceptWarnings, printConcept } from '../elements/print-concept.js';
import { printAmount } from '../elements/print-quantity.js';
import { ENTERED_IN_ERROR, printStatus, type StatusWords } from '../elements/print-status.js';
import { printDutchTime, printPeriod } from '../elements/print-time.js';
import { joinNotes, readable } from '../elements/readable.js';
import { recordEntry, type RecordValue } from '../elements/record-entry.js';

const ROLES = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode';

const relations = {
  [`${ROLES}|MTH`]: 'moeder',
  [`${ROLES}|NMTH`]: 'biologische moeder',
  [`${ROLES}|FTH`]: 'vader',
  [`${ROLES}|NFTH`]: 'biologische vader',
  [`${ROLES}|BRO`]: 'broer',
  [`${ROLES}|NBRO`]: 'biologische broer',
  [`${ROLES}|SIS`]: 'zus',
  [`${ROLES}|NSIS`]: 'biologische zus',
  [`${ROLES}|SON`]: 'zoon',
  [`${ROLES}|DAU`]: 'dochter',
  [`${ROLES}|GRMTH`]: 'grootmoeder',
  [`${ROLES}|GRFTH`]: 'grootvader',
};

const Condition = z.looseObject({
  code: readable.concept,
  outcome: readable.concept,
  contributedToDeath: readable.flag,
  onsetAge: readable.quantity,
  onsetPeriod: readable.period,
  onsetString: readable.text,
  note: readable.notes,
});

const ReadFamilyHistory = z.looseObject({
  status: readable.text,
  date: readable.text,
  name: readable.text,
  relationship: readable.concept,
  deceasedBoolean: readable.flag,
  deceasedAge: readable.quantity,
  deceasedDate: readable.text,
  condition: z.array(Condition.catch({ note: [] })).catch([]),
  note: readable.notes,
});
type ReadFamilyHistory = z.infer<typeof ReadFamilyHistory>;

const statuses: StatusWords = {
  partial: { label: 'onvolledig', warning: 'Onvolledig.' },
  completed: { label: 'volledig' },
  'health-unknown': { label: 'gezondheid onbekend', warning: 'De gezondheid van dit familielid is onbekend.' },
  'entered-in-error': ENTERED_IN_ERROR,
};

/** What runs in the family, as a line of the dossier: no published profile, base FHIR (spec anw-fhir-profiles §4, zib Familieanamnese). */
export function familyHistoryEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadFamilyHistory.parse(resource);
  const relation = printConcept(read.relationship, relations);
  return recordEntry(resource, context, {
    label: relation ?? 'Familielid niet genoemd',
    values: [...read.condition.map(conditionValue), { label: 'Overleden', value: deathOf(read) }],
    note: [joinNotes(read.note), ...read.condition.map(({ note }) => joinNotes(note))].filter((note) => note !== '').join('\n'),
    at: read.date,
    status: printStatus(read.status, statuses),
    warnings: relation === undefined ? ['De bron noemt het familielid niet.'] : conceptWarnings(read.relationship === undefined ? [] : [read.relationship], relations),
  });
}

function conditionValue({ code, contributedToDeath, onsetAge, onsetPeriod, onsetString, outcome }: z.infer<typeof Condition>): RecordValue {
  const since = onsetAge === undefined ? (printPeriod(onsetPeriod) ?? onsetString) : `vanaf ${printAmount(onsetAge)}`;
  const parts = [printConcept(code) ?? 'niet genoemd', since, printConcept(outcome), contributedToDeath === true ? 'droeg bij aan het overlijden' : undefined];
  return { label: 'Aandoening', value: parts.filter((part) => part !== undefined).join(', '), warnings: code === undefined ? ['De bron noemt de aandoening niet.'] : conceptWarnings([code]) };
}

/** "A death-causing condition implies deceased" (spec anw-fhir-profiles §3.3). */
function deathOf({ deceasedBoolean, deceasedAge, deceasedDate, condition }: ReadFamilyHistory): string | undefined {
  if (deceasedAge !== undefined) return `op de leeftijd van ${printAmount(deceasedAge)}`;
  if (deceasedDate !== undefined) return printDutchTime(deceasedDate);
  if (deceasedBoolean === true || condition.some(({ contributedToDeath }) => contributedToDeath === true)) return 'ja';
  return deceasedBoolean === false ? 'nee' : undefined;
}
