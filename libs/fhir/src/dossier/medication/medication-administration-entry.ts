import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { printReferences } from '../elements/print-party.js';
import { ENTERED_IN_ERROR, printStatus, type StatusWords } from '../elements/print-status.js';
import { printAmount, printQuantity } from '../elements/print-quantity.js';
import { printPeriod } from '../elements/print-time.js';
import { extensionOf, joinNotes, readable } from '../elements/readable.js';
import { codedValue, recordEntry, type RecordValue } from '../elements/record-entry.js';
import { NICTIZ, productOf } from './medication-line.js';

const Ratio = z.looseObject({ numerator: readable.quantity, denominator: readable.quantity });

const ReadDose = z
  .looseObject({ text: readable.text, route: readable.concept, dose: readable.quantity, rateQuantity: readable.quantity, rateRatio: Ratio.optional().catch(undefined) })
  .optional()
  .catch(undefined);

const ReadMedicationAdministration = z.looseObject({
  status: readable.text,
  statusReason: readable.concepts,
  medicationReference: readable.reference,
  medicationCodeableConcept: readable.concept,
  effectiveDateTime: readable.text,
  effectivePeriod: readable.period,
  performer: readable.actors,
  reasonCode: readable.concepts,
  extension: readable.extensions,
  dosage: ReadDose,
  note: readable.notes,
});

const statuses: StatusWords = {
  completed: { label: 'toegediend' },
  'in-progress': { label: 'wordt toegediend', warning: 'Nog niet afgerond.' },
  'not-done': { label: 'niet toegediend', warning: 'Niet toegediend.' },
  'on-hold': { label: 'onderbroken', warning: 'Onderbroken.' },
  stopped: { label: 'voortijdig gestopt', warning: 'Voortijdig gestopt; niet volledig toegediend.' },
  unknown: { label: 'status onbekend', warning: 'De status is onbekend.' },
  'entered-in-error': ENTERED_IN_ERROR,
};

/** What was given, as a line of the dossier (zib MedicatieToediening2). */
export function medicationAdministrationEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadMedicationAdministration.parse(resource);
  const product = productOf(read, context);
  const deviation = extensionOf(read.extension, `${NICTIZ}/ext-MedicationAdministration2.ReasonForDeviation`);
  return recordEntry(resource, context, {
    label: product.label,
    values: [
      doseOf(read),
      { label: 'Snelheid', value: rateOf(read) },
      { label: 'Toelichting op de dosis', value: read.dosage?.text },
      codedValue('Toedieningsweg', read.dosage?.route),
      codedValue('Reden van afwijken', deviation?.valueCodeableConcept ?? (deviation?.valueString === undefined ? undefined : { text: deviation.valueString, coding: [] })),
      codedValue('Reden van status', read.statusReason),
      codedValue('Reden', read.reasonCode),
      { label: 'Periode', value: read.effectivePeriod?.end === undefined ? undefined : printPeriod(read.effectivePeriod) },
    ],
    note: joinNotes(read.note),
    at: read.effectiveDateTime ?? read.effectivePeriod?.start,
    author: printReferences(read.performer, context),
    status: printStatus(read.status, statuses),
    warnings: product.warnings,
  });
}

/** What was not given has no dose. */
function doseOf({ dosage, status }: z.infer<typeof ReadMedicationAdministration>): RecordValue {
  if (dosage?.dose === undefined && (dosage?.text !== undefined || status === 'not-done')) return { label: 'Dosis', value: undefined };
  return { label: 'Dosis', ...printQuantity(dosage?.dose) };
}

function rateOf({ dosage }: z.infer<typeof ReadMedicationAdministration>): string | undefined {
  if (dosage?.rateQuantity !== undefined) return printAmount(dosage.rateQuantity);
  const { numerator, denominator } = dosage?.rateRatio ?? {};
  return numerator === undefined || denominator === undefined ? undefined : `${printAmount(numerator)} per ${printAmount(denominator)}`;
}
