import { bodyWeightZib } from '../r4/zibs.js';
import { type Coding, concept, loinc, type Measured, noteOf, quantity, snomed, vitalSign } from './elements.js';
import { type ElementFields, fieldAt } from './field-at.js';
import { singleStep } from './steps.js';
import type { FieldOf, WriteKind } from './write-kind.js';

export interface BodyWeightInput extends Measured {
  readonly weight: number;
  readonly unit: 'kg' | 'g';
  readonly clothing?: Clothing | undefined;
}

export type Clothing = 'undressed' | 'minimal' | 'full' | 'diaper';

/** Kleding (spec anw-fhir-profiles §5). */
const clothings = {
  undressed: clothing('UNDRESSED', 'Ongekleed'),
  minimal: clothing('MINIMAL', 'Minimaal gekleed'),
  full: clothing('FULL', 'Volledig gekleed'),
  diaper: clothing('DIAPER', 'Luier'),
} as const satisfies Record<Clothing, Coding>;

function clothing(code: string, display: string): Coding {
  return { system: 'urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.8.1', code, display };
}

const fields: ElementFields<FieldOf<BodyWeightInput>> = [
  ['Observation.value.code', 'unit'],
  ['Observation.value', 'weight'],
  ['Observation.component', 'clothing'],
  ['Observation.effective', 'measuredAt'],
  ['Observation.note', 'note'],
];

/** Lichaamsgewicht as `nl-core-BodyWeight`, in the unit that she reads from the scales. */
export const bodyWeightKind: WriteKind<BodyWeightInput> = {
  label: 'Lichaamsgewicht',
  steps: ({ weight, unit, clothing: worn, measuredAt, note }, subject) =>
    singleStep(
      'body-weight',
      vitalSign({
        profile: bodyWeightZib.profile,
        code: [loinc('29463-7', 'Body weight')],
        patient: subject.patient,
        at: measuredAt,
        valueQuantity: quantity(weight, unit, unit),
        ...noteOf(note),
        ...(worn === undefined ? {} : { component: [{ code: concept(snomed('248159006', 'kleding')), valueCodeableConcept: concept(clothings[worn]) }] }),
      }),
      subject,
    ),
  fieldOf: (_step, expression) => fieldAt(fields, expression),
};
