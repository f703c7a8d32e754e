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

const ReadMedicationRequest = z.looseObject({
  status: readable.text,
  statusReason: readable.concept,
  intent: readable.text,
  doNotPerform: readable.flag,
  medicationReference: readable.reference,
  medicationCodeableConcept: readable.concept,
  authoredOn: readable.text,
  requester: readable.reference,
  reasonCode: readable.concepts,
  reasonReference: readable.references,
  extension: readable.extensions,
  modifierExtension: readable.extensions,
  dosageInstruction: ReadDosage,
  note: readable.notes,
});

const statuses: StatusWords = {
  active: { label: 'actief' },
  'on-hold': { label: 'onderbroken', warning: 'Onderbroken.' },
  cancelled: { label: 'geannuleerd', warning: 'Geannuleerd; niet gebruiken.' },
  completed: { label: 'afgerond', warning: 'Afgerond.' },
  stopped: { label: 'gestopt', warning: 'Gestopt: dit is geen lopende medicatie.' },
  draft: { label: 'concept', warning: 'Concept, nog niet van kracht.' },
  unknown: { label: 'status onbekend', warning: 'De status is onbekend; kijk naar de gebruiksperiode.' },
  'entered-in-error': ENTERED_IN_ERROR,
};

/** What was prescribed, as a line of the dossier (zib MedicatieAfspraak). */
export function medicationAgreementEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadMedicationRequest.parse(resource);
  const product = productOf(read, context);
  const use = periodOfUse(read.extension);
  const medication = dossierMedication({ ...read, dosage: read.dosageInstruction }, product.label);
  const stop = stopTypeOf(read.modifierExtension);
  return recordEntry(resource, context, {
    label: product.label,
    values: [
      stop.value,
      ...dosageValues(read.extension, read.dosageInstruction),
      use.value,
      codedValue('Aanvullende informatie', extensionOf(read.extension, `${NICTIZ}/ext-MedicationAgreement.MedicationAgreementAdditionalInformation`)?.valueCodeableConcept),
      codedValue('Reden van afspraak', read.reasonCode),
      { label: 'Reden van voorschrijven', value: read.reasonReference.flatMap((reason) => printReference(reason, context) ?? []).join(', ') },
      codedValue('Reden van status', read.statusReason),
    ],
    note: joinNotes(read.note),
    at: read.authoredOn ?? use.period?.start,
    author: printReference(read.requester, context),
    status: printStatus(read.status, statuses),
    warnings: [
      ...product.warnings,
      ...(read.doNotPerform === true ? ['Dit middel mag niet worden gegeven.'] : []),
      ...intentWarning(read.intent),
      ...(isOver(use.period, context.now) ? ['De gebruiksperiode is voorbij.'] : []),
    ],
    knownModifiers: stop.known,
    medication: medication && { ...medication, ...(resource.id === undefined ? {} : { agreement: `MedicationRequest/${resource.id}` }) },
  });
}

/** MP9 knows orders only; anything else is a plan or an advice that nobody agreed on. */
function intentWarning(intent: string | undefined): readonly string[] {
  return intent === 'order' || intent === undefined ? [] : [`Geen opdracht maar: ${intent}.`];
}
