import { bodyHeightZib } from '../r4/zibs.js';
import { type Coding, concept, loinc, type Measured, noteOf, quantity, snomed, vitalSign } from './elements.js';
import { type ElementFields, fieldAt } from './field-at.js';
import { singleStep } from './steps.js';
import type { FieldOf, WriteKind } from './write-kind.js';

export interface BodyHeightInput extends Measured {
  readonly height: number;
  /** Metres are sent as centimetres, the one unit that custodians take (spec anw-fhir-profiles §9.2). */
  readonly unit: 'cm' | 'm';
  readonly position?: 'standing' | 'lying' | undefined;
}

const positions = {
  standing: snomed('10904000', 'staande positie'),
  lying: snomed('102538003', 'liggende positie'),
} as const satisfies Record<string, Coding>;

const fields: ElementFields<FieldOf<BodyHeightInput>> = [
  ['Observation.value', 'height'],
  ['Observation.component', 'position'],
  ['Observation.effective', 'measuredAt'],
  ['Observation.note', 'note'],
];

/** Lichaamslengte as `nl-core-BodyHeight`. */
export const bodyHeightKind: WriteKind<BodyHeightInput> = {
  label: 'Lichaamslengte',
  steps: ({ height, unit, position, measuredAt, note }, subject) =>
    singleStep(
      'body-height',
      vitalSign({
        profile: bodyHeightZib.profile,
        code: [loinc('8302-2', 'Body height')],
        patient: subject.patient,
        at: measuredAt,
        valueQuantity: quantity(unit === 'm' ? toCentimetres(height) : height, 'cm', 'cm'),
        ...noteOf(note),
        ...(position === undefined ? {} : { component: [{ code: concept(snomed('425260001', 'lichaamshouding')), valueCodeableConcept: concept(positions[position]) }] }),
      }),
      subject,
    ),
  fieldOf: (_step, expression) => fieldAt(fields, expression),
};

/** 1,72 m is 172 cm, without the tail that binary fractions leave. */
function toCentimetres(metres: number): number {
  return Number((metres * 100).toPrecision(12));
}
