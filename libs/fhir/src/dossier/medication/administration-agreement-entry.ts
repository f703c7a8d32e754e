import { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import type { DossierEntry, EntryContext } from '../dossier-entry.js';
import { printReferences } from '../elements/print-party.js';
import { ENTERED_IN_ERROR, printStatus, type StatusWords } from '../elements/print-status.js';
import { isOver } from '../elements/print-time.js';
import { extensionOf, joinNotes, readable } from '../elements/readable.js';
import { codedValue, recordEntry } from '../elements/record-entry.js';
import { dosageValues, NICTIZ, periodOfUse, productOf, ReadDosage, stopTypeOf } from './medication-line.js';

const ReadMedicationDispense = z.looseObject({
  status: readable.text,
  medicationReference: readable.reference,
  medicationCodeableConcept: readable.concept,
  performer: readable.actors,
  extension: readable.extensions,
  modifierExtension: readable.extensions,
  dosageInstruction: ReadDosage,
  note: readable.notes,
});

const statuses: StatusWords = {
  preparation: { label: 'in voorbereiding', warning: 'In voorbereiding.' },
  'in-progress': { label: 'lopend' },
  cancelled: { label: 'geannuleerd', warning: 'Geannuleerd; niet gebruiken.' },
  'on-hold': { label: 'onderbroken', warning: 'Onderbroken.' },
  completed: { label: 'afgerond', warning: 'Afgerond.' },
  stopped: { label: 'gestopt', warning: 'Gestopt: dit is geen lopende medicatie.' },
  declined: { label: 'geweigerd', warning: 'Geweigerd; niet gebruiken.' },
  unknown: { label: 'status onbekend', warning: 'De status is onbekend; kijk naar de gebruiksperiode.' },
  'entered-in-error': ENTERED_IN_ERROR,
};

/** What the pharmacy agreed to give, as a line of the dossier (zib ToedieningsAfspraak). */
export function administrationAgreementEntry(resource: FhirResource, context: EntryContext): DossierEntry {
  const read = ReadMedicationDispense.parse(resource);
  const product = productOf(read, context);
  const use = periodOfUse(read.extension);
  const stop = stopTypeOf(read.modifierExtension);
  const extension = (name: string) => extensionOf(read.extension, `${NICTIZ}/${name}`);
  return recordEntry(resource, context, {
    label: product.label,
    values: [
      stop.value,
      ...dosageValues(read.extension, read.dosageInstruction),
      use.value,
      codedValue('Distributievorm', extension('ext-MedicationDispense.DistributionForm')?.valueCodeableConcept),
      codedValue('Reden van wijzigen of stoppen', extension('ext-AdministrationAgreement.ReasonModificationOrDiscontinuation')?.valueCodeableConcept),
      { label: 'Aanvullende informatie', value: extension('ext-AdministrationAgreement.AdditionalInformation')?.valueString },
    ],
    note: joinNotes(read.note),
    at: extension('ext-AdministrationAgreement.AdministrationAgreementDateTime')?.valueDateTime ?? use.period?.start,
    author: printReferences(read.performer, context),
    status: printStatus(read.status, statuses),
    warnings: [...product.warnings, ...(isOver(use.period, context.now) ? ['De gebruiksperiode is voorbij.'] : [])],
    knownModifiers: stop.known,
  });
}
