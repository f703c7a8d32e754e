import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { conceptWarnings, printConcept, printConcepts } from '../elements/print-concept.js';
import { printReference, printReferences } from '../elements/print-party.js';
import { printQuantity } from '../elements/print-quantity.js';
import { ENTERED_IN_ERROR, printStatus, type StatusWords } from '../elements/print-status.js';
import { printDutchTime } from '../elements/print-time.js';
import { joinNotes, readable } from '../elements/readable.js';
import { codedValue, recordEntry } from '../elements/record-entry.js';

const ReadImmunization = z.looseObject({
  status: readable.text,
  statusReason: readable.concept,
  vaccineCode: readable.concept,
  occurrenceDateTime: readable.text,
  occurrenceString: readable.text,
  recorded: readable.text,
  performer: readable.actors,
  site: readable.concept,
  route: readable.concept,
  doseQuantity: readable.quantity,
  note: readable.notes,
});

const statuses: StatusWords = {
  completed: { label: 'gegeven' },
  'not-done': { label: 'niet gegeven', warning: 'Niet gegeven.' },
  'entered-in-error': ENTERED_IN_ERROR,
};

/** A vaccination that was given, as a line of the dossier (zib Vaccinatie). */
export function vaccinationEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadImmunization.parse(resource);
  const name = printConcept(read.vaccineCode);
  return recordEntry(resource, context, {
    label: name ?? 'Vaccin niet genoemd',
    values: [
      ...(read.doseQuantity === undefined ? [] : [{ label: 'Dosis', ...printQuantity(read.doseQuantity) }]),
      codedValue('Plaats', read.site),
      codedValue('Toedieningsweg', read.route),
      codedValue('Reden van status', read.statusReason),
    ],
    note: joinNotes(read.note),
    at: read.occurrenceDateTime ?? read.occurrenceString ?? read.recorded,
    author: printReferences(read.performer, context),
    status: printStatus(read.status, statuses),
    warnings: name === undefined ? ['De bron noemt het vaccin niet.'] : conceptWarnings(read.vaccineCode === undefined ? [] : [read.vaccineCode]),
  });
}

const Recommended = z.looseObject({
  vaccineCode: readable.concepts,
  targetDisease: readable.concept,
  forecastStatus: readable.concept,
  forecastReason: readable.concepts,
  dateCriterion: z.array(z.looseObject({ value: readable.text }).catch({})).catch([]),
  description: readable.text,
});
type Recommended = z.infer<typeof Recommended>;
const NOTHING_RECOMMENDED: Recommended = { vaccineCode: [], forecastReason: [], dateCriterion: [] };

const ReadRecommendation = z.looseObject({
  date: readable.text,
  authority: readable.reference,
  recommendation: z.array(Recommended.catch(NOTHING_RECOMMENDED)).catch([]),
});

const FORECAST = 'http://terminology.hl7.org/CodeSystem/immunization-recommendation-status';
const forecasts = { [`${FORECAST}|due`]: 'aan de beurt', [`${FORECAST}|overdue`]: 'over tijd', [`${FORECAST}|immune`]: 'immuun', [`${FORECAST}|contraindicated`]: 'niet geven (contra-indicatie)', [`${FORECAST}|complete`]: 'compleet' };

/** A vaccination that is due, as a line of the dossier (zib Vaccinatie, gepland). It has no status of its own in FHIR. */
export function plannedVaccinationEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadRecommendation.parse(resource);
  const names = read.recommendation.map((each) => printConcepts(each.vaccineCode) ?? printConcept(each.targetDisease)).filter((name) => name !== undefined);
  return recordEntry(resource, context, {
    label: names.join(', ') || 'Vaccin niet genoemd',
    values: read.recommendation.flatMap((each) => [
      codedValue('Stand', each.forecastStatus, forecasts),
      { label: 'Geplande datum', value: each.dateCriterion.flatMap(({ value }) => (value === undefined ? [] : [printDutchTime(value)])).join(', ') },
      codedValue('Reden', each.forecastReason),
      { label: 'Toelichting', value: each.description },
    ]),
    at: read.date,
    author: printReference(read.authority, context),
    status: { label: 'gepland', warnings: [] },
    warnings: [
      ...(names.length === 0 ? ['De bron noemt het vaccin niet.'] : conceptWarnings(read.recommendation.flatMap(({ vaccineCode }) => vaccineCode))),
      ...(read.recommendation.some(({ forecastStatus }) => forecastStatus?.coding.some(({ code }) => code === 'contraindicated')) ? ['Niet geven: contra-indicatie.'] : []),
    ],
  });
}
