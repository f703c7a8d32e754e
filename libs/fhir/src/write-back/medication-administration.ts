import { NULL_FLAVOR, REASON_FOR_DEVIATION } from '../r4/medication-lists.js';
import { medicationAdministrationZib } from '../r4/zibs.js';
import { concept, noteOf, snomed, subjectOf } from './elements.js';
import { type ElementFields, fieldAt } from './field-at.js';
import { type DoseInput, doseQuantity, medicationOf, type ProductInput, type RouteInput, routeOf } from './medication.js';
import { singleStep } from './steps.js';
import type { FieldOf, WriteKind } from './write-kind.js';

export interface MedicationAdministrationInput {
  readonly product: ProductInput;
  /** Whether it was given; when it was not, `reason` says why. */
  readonly given: boolean;
  /** Needed when it was given. */
  readonly dose?: DoseInput | undefined;
  /** Needed when it was given; as the agreement names it. */
  readonly route?: RouteInput | undefined;
  /** When it was given, or would have been: ISO 8601 with a zone. */
  readonly administeredAt: string;
  /** Why it was not given, or otherwise than agreed, in her words. */
  readonly reason?: string | undefined;
  /** Reference of the medication agreement that she followed: `MedicationRequest/12`. */
  readonly agreement?: string | undefined;
  readonly note?: string | undefined;
}

const fields: ElementFields<FieldOf<MedicationAdministrationInput>> = [
  ['MedicationAdministration.medication', 'product'],
  ['MedicationAdministration.status', 'given'],
  ['MedicationAdministration.dosage.route', 'route'],
  ['MedicationAdministration.dosage', 'dose'],
  ['MedicationAdministration.effective', 'administeredAt'],
  ['MedicationAdministration.extension', 'reason'],
  ['MedicationAdministration.request', 'agreement'],
  ['MedicationAdministration.note', 'note'],
];

/** MedicatieToediening2 as `mp-MedicationAdministration2`. */
export const medicationAdministrationKind: WriteKind<MedicationAdministrationInput> = {
  label: 'Medicatietoediening',
  steps: ({ product, given, dose, route, administeredAt, reason, agreement, note }, subject) => {
    const dosage = { ...(route === undefined ? {} : { route: routeOf(route) }), ...(dose === undefined ? {} : { dose: doseQuantity(dose) }) };
    return singleStep(
      'medication-administration',
      {
        resourceType: 'MedicationAdministration',
        meta: { profile: [medicationAdministrationZib.profile] },
        ...(reason === undefined || reason.trim() === '' ? {} : { extension: [deviation(reason)] }),
        status: given ? 'completed' : 'not-done',
        category: concept(snomed('18629005', 'toediening van medicatie')),
        ...medicationOf(product),
        subject: subjectOf(subject.patient),
        effectiveDateTime: new Date(administeredAt).toISOString(),
        ...(agreement === undefined ? {} : { request: { reference: agreement, type: 'MedicationRequest' } }),
        ...noteOf(note),
        ...(given && Object.keys(dosage).length > 0 ? { dosage } : {}),
      },
      subject,
    );
  },
  fieldOf: (_step, expression) => fieldAt(fields, expression),
};

/** "Reden van afwijken": the list's own code for another reason, with her words (spec anw-fhir-profiles §5). */
function deviation(reason: string): object {
  return { url: REASON_FOR_DEVIATION, valueCodeableConcept: { ...concept({ system: NULL_FLAVOR, code: 'OTH', display: 'overig' }), text: reason } };
}
