import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { printConcept } from '../elements/print-concept.js';
import { findReferred, printReference } from '../elements/print-party.js';
import { ENTERED_IN_ERROR, printStatus, type StatusWords } from '../elements/print-status.js';
import { isOver, printPeriod } from '../elements/print-time.js';
import { extensionOf, readable, type Reference } from '../elements/readable.js';
import { codedValue, recordEntry } from '../elements/record-entry.js';

const NICTIZ = 'http://nictiz.nl/fhir/StructureDefinition';

const ReadEpisode = z.looseObject({
  status: readable.text,
  period: readable.period,
  type: readable.concepts,
  diagnosis: z.array(z.looseObject({ condition: readable.reference }).catch({})).catch([]),
  careManager: readable.reference,
  managingOrganization: readable.reference,
  extension: readable.extensions,
});

const ReadCondition = z.looseObject({ code: readable.concept });

const statuses: StatusWords = {
  planned: { label: 'gepland', warning: 'Nog niet begonnen.' },
  waitlist: { label: 'op de wachtlijst', warning: 'Nog niet begonnen.' },
  active: { label: 'lopend' },
  onhold: { label: 'onderbroken', warning: 'Onderbroken.' },
  finished: { label: 'afgerond', warning: 'Afgerond.' },
  cancelled: { label: 'geannuleerd', warning: 'Geannuleerd.' },
  'entered-in-error': ENTERED_IN_ERROR,
};

/** An episode of care as a line of the dossier (zib ZorgEpisode). */
export function episodeOfCareEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadEpisode.parse(resource);
  const problems = read.diagnosis.flatMap(({ condition }) => problemName(condition, context) ?? []).join(', ');
  const name = extensionOf(read.extension, `${NICTIZ}/ext-EpisodeOfCare.EpisodeOfCareName`)?.valueString;
  return recordEntry(resource, context, {
    label: name ?? (problems === '' ? 'Zorgepisode zonder naam' : problems),
    values: [
      { label: 'Probleem', value: name === undefined ? undefined : problems },
      codedValue('Soort', read.type),
      { label: 'Periode', value: printPeriod(read.period) },
      { label: 'Organisatie', value: printReference(read.managingOrganization, context) },
    ],
    note: extensionOf(read.extension, `${NICTIZ}/ext-Comment`)?.valueString,
    at: read.period?.start,
    author: printReference(read.careManager, context),
    status: printStatus(read.status, statuses),
    warnings: [
      ...(name === undefined && problems === '' ? ['De bron noemt niet waar deze zorgepisode over gaat.'] : []),
      ...(read.status === 'active' && isOver(read.period, context.now) ? ['De periode is voorbij.'] : []),
    ],
  });
}

function problemName(reference: Reference | undefined, context: EntryContext): string | undefined {
  const condition = findReferred(reference, context);
  return (condition === undefined ? undefined : printConcept(ReadCondition.parse(condition).code)) ?? printReference(reference, context);
}
