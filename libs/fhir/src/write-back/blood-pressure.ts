import { bloodPressureZib } from '../r4/zibs.js';
import { concept, loinc, type Measured, noteOf, quantity, snomed, vitalSign } from './elements.js';
import { type ElementFields, fieldAt } from './field-at.js';
import { singleStep } from './steps.js';
import type { FieldOf, WriteKind } from './write-kind.js';

export interface BloodPressureInput extends Measured {
  /** mm[Hg]. */
  readonly systolic: number;
  /** mm[Hg]. */
  readonly diastolic: number;
  readonly position?: BodyPosition | undefined;
}

export type BodyPosition = 'standing' | 'lying' | 'sitting';

const BODY_POSITION = 'http://hl7.org/fhir/StructureDefinition/observation-bodyPosition';

const positions = {
  standing: snomed('10904000', 'staande positie'),
  lying: snomed('102538003', 'liggende positie'),
  sitting: snomed('33586001', 'zittende positie'),
} as const satisfies Record<BodyPosition, object>;

const fields: ElementFields<FieldOf<BloodPressureInput>> = [
  ['Observation.component[1]', 'diastolic'],
  ['Observation.component', 'systolic'],
  ['Observation.effective', 'measuredAt'],
  ['Observation.extension', 'position'],
  ['Observation.note', 'note'],
];

/** Bloeddruk as `nl-core-BloodPressure`. */
export const bloodPressureKind: WriteKind<BloodPressureInput> = {
  label: 'Bloeddruk',
  steps: ({ systolic, diastolic, position, measuredAt, note }, subject) =>
    singleStep(
      'blood-pressure',
      vitalSign({
        profile: bloodPressureZib.profile,
        code: [loinc('85354-9', 'Blood pressure panel with all children optional')],
        patient: subject.patient,
        at: measuredAt,
        ...(position === undefined ? {} : { extension: [{ url: BODY_POSITION, valueCodeableConcept: concept(positions[position]) }] }),
        ...noteOf(note),
        component: [
          { code: concept(loinc('8480-6', 'Systolic blood pressure')), valueQuantity: quantity(systolic, 'mmHg', 'mm[Hg]') },
          { code: concept(loinc('8462-4', 'Diastolic blood pressure')), valueQuantity: quantity(diastolic, 'mmHg', 'mm[Hg]') },
        ],
      }),
      subject,
    ),
  fieldOf: (_step, expression) => fieldAt(fields, expression),
};
