import { z } from 'zod';
import type { FhirResource } from '../fhir-resource.js';
import type { DossierEntry } from './observation-entry.js';
import { extensionOf, findReferred, printConcept, printConcepts, printPeriod, printReference, readable } from './record-elements.js';
import { ENTERED_IN_ERROR, printStatus, recordEntry, type StatusWords } from './record-entry.js';

const NICTIZ = 'http://nictiz.nl/fhir/StructureDefinition';

const ReadMedicationStatement = z.looseObject({
  status: readable.text,
  statusReason: readable.concepts,
  medicationReference: readable.reference,
  medicationCodeableConcept: readable.concept,
  effectivePeriod: readable.period,
  effectiveDateTime: readable.text,
  dateAsserted: readable.text,
  informationSource: readable.reference,
  reasonCode: readable.concepts,
  extension: readable.extensions,
  dosage: z.array(z.looseObject({ text: readable.text, patientInstruction: readable.text, asNeededBoolean: readable.flag, route: readable.concept }).catch({})).catch([]),
  note: readable.notes,
});
type ReadMedicationStatement = z.infer<typeof ReadMedicationStatement>;

const ReadMedication = z.looseObject({ code: readable.concept });

const statuses: StatusWords = {
  active: { label: 'in gebruik' },
  completed: { label: 'afgerond', warning: 'Niet meer in gebruik.' },
  intended: { label: 'voorgenomen', warning: 'Nog niet in gebruik.' },
  stopped: { label: 'gestopt', warning: 'Gestopt; niet meer in gebruik.' },
  'on-hold': { label: 'onderbroken', warning: 'Onderbroken.' },
  'not-taken': { label: 'niet ingenomen', warning: 'Volgens de bron niet ingenomen.' },
  unknown: { label: 'status onbekend', warning: 'De status is onbekend.' },
  'entered-in-error': ENTERED_IN_ERROR,
};

/** Medication in use as a line of the dossier: product, dose in the source's own words, since when, who says so. */
export function medicationUseEntry(resource: FhirResource, source: string, related: readonly FhirResource[]): DossierEntry {
  const read = ReadMedicationStatement.parse(resource);
  const product = productOf(read, related);
  const dosage = dosageOf(read);
  const asAgreed = extensionOf(read.extension, `${NICTIZ}/ext-AsAgreedIndicator`)?.valueBoolean;
  return recordEntry(resource, source, {
    label: product ?? 'Geneesmiddel niet genoemd',
    values: [
      { label: 'Dosering', value: dosage ?? 'ontbreekt' },
      { label: 'Toedieningsweg', value: printConcepts(read.dosage.flatMap(({ route }) => route ?? [])) },
      { label: 'Volgens afspraak', value: asAgreed === undefined ? undefined : asAgreed ? 'ja' : 'nee' },
      { label: 'Gebruik', value: printPeriod(read.effectivePeriod) },
      { label: 'Reden van gebruik', value: printConcepts(read.reasonCode) },
      { label: 'Reden van status', value: printConcepts(read.statusReason) },
      { label: 'Voorschrijver', value: printReference(extensionOf(read.extension, `${NICTIZ}/ext-MedicationUse2.Prescriber`)?.valueReference) },
      { label: 'Bron van informatie', value: printReference(read.informationSource) },
    ],
    note: read.note.flatMap((note) => note.text ?? []).join('\n'),
    at: read.dateAsserted ?? read.effectiveDateTime ?? read.effectivePeriod?.start,
    author: printReference(extensionOf(read.extension, `${NICTIZ}/ext-MedicationUse2.Author`)?.valueReference),
    status: printStatus(read.status, statuses),
    warnings: [
      ...(product === undefined ? ['De bron noemt het geneesmiddel niet.'] : []),
      ...(dosage === undefined ? ['De dosering is niet in woorden gegeven. Raadpleeg de bron.'] : []),
      ...(asAgreed === false ? ['Wordt niet volgens afspraak gebruikt.'] : []),
      ...(read.dosage.some(({ asNeededBoolean }) => asNeededBoolean === true) ? ['Zo nodig.'] : []),
    ],
  });
}

/** The product that came along says it best; a reference to one that did not is shown as it is. */
function productOf({ medicationReference, medicationCodeableConcept }: ReadMedicationStatement, related: readonly FhirResource[]): string | undefined {
  const product = findReferred(medicationReference, related);
  const name = product === undefined ? undefined : printConcept(ReadMedication.parse(product).code);
  return name ?? printConcept(medicationCodeableConcept) ?? printReference(medicationReference);
}

/** In the source's own words (MP9 renders them); half of them would be a wrong dose, so all or none. */
function dosageOf({ extension, dosage }: ReadMedicationStatement): string | undefined {
  const rendered = extensionOf(extension, `${NICTIZ}/ext-RenderedDosageInstruction`)?.valueString;
  if (rendered !== undefined) return rendered;
  const texts = dosage.flatMap(({ text, patientInstruction }) => text ?? patientInstruction ?? []);
  return texts.length === 0 || texts.length < dosage.length ? undefined : texts.join('\n');
}
