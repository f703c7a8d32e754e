import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { printReference } from '../elements/print-party.js';
import { ENTERED_IN_ERROR, printStatus, type StatusWords } from '../elements/print-status.js';
import { isOver } from '../elements/print-time.js';
import { extensionOf, joinNotes, readable } from '../elements/readable.js';
import { codedValue, recordEntry } from '../elements/record-entry.js';
import { dossierMedication } from './dossier-medication.js';
import { dosageValues, NICTIZ, periodOfUse, productOf, ReadDosage, stopTypeOf } from './medication-line.js';

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
  modifierExtension: readable.extensions,
  dosage: ReadDosage,
  note: readable.notes,
});

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

/** Medication in use as a line of the dossier: product, dose in the source's own words, since when, who says so (zib MedicatieGebruik2). */
export function medicationUseEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadMedicationStatement.parse(resource);
  const product = productOf(read, context);
  const asAgreed = extensionOf(read.extension, `${NICTIZ}/ext-AsAgreedIndicator`)?.valueBoolean;
  const use = periodOfUse(read.extension, read.effectivePeriod);
  const stop = stopTypeOf(read.modifierExtension);
  return recordEntry(resource, context, {
    label: product.label,
    values: [
      stop.value,
      ...dosageValues(read.extension, read.dosage),
      { label: 'Volgens afspraak', value: asAgreed === undefined ? undefined : asAgreed ? 'ja' : 'nee' },
      use.value,
      codedValue('Reden van gebruik', read.reasonCode),
      codedValue('Reden van status', read.statusReason),
      { label: 'Voorschrijver', value: printReference(extensionOf(read.extension, `${NICTIZ}/ext-MedicationUse2.Prescriber`)?.valueReference, context) },
      { label: 'Bron van informatie', value: printReference(read.informationSource, context) },
    ],
    note: joinNotes(read.note),
    at: read.dateAsserted ?? read.effectiveDateTime ?? use.period?.start,
    author: printReference(extensionOf(read.extension, `${NICTIZ}/ext-MedicationUse2.Author`)?.valueReference, context),
    status: printStatus(read.status, statuses),
    warnings: [
      ...product.warnings,
      ...(asAgreed === false ? ['Wordt niet volgens afspraak gebruikt.'] : []),
      ...(read.status === 'active' && isOver(use.period, context.now) ? ['De gebruiksperiode is voorbij.'] : []),
    ],
    knownModifiers: stop.known,
    medication: dossierMedication(read, product.label),
  });
}
