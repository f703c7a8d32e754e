import { heartbeatRegularityZib, heartRateZib } from '../r4/zibs.js';
import { concept, loinc, type Measured, noteOf, quantity, snomed, vitalSign } from './elements.js';
import { type ElementFields, fieldAt } from './field-at.js';
import { planSteps, type PlannedResource } from './steps.js';
import type { FieldOf, WriteKind } from './write-kind.js';

export interface HeartRateInput extends Measured {
  /** Beats per minute. */
  readonly rate: number;
  readonly regularity?: HeartbeatRegularity | undefined;
  readonly interpretation?: HeartRateInterpretation | undefined;
}

export type HeartbeatRegularity = 'regular' | 'irregular' | 'irregularly-irregular';
export type HeartRateInterpretation = 'bradycardia' | 'normal' | 'tachycardia';

/** Hartslagregelmatigheid (spec anw-fhir-profiles §5). */
const regularities = {
  regular: snomed('271636001', 'regelmatige pulsaties'),
  irregular: snomed('361137007', 'onregelmatige hartslag'),
  'irregularly-irregular': snomed('248650006', 'onregelmatig onregelmatige pulsaties'),
} as const satisfies Record<HeartbeatRegularity, object>;

/** Interpretatie hartfrequentie (spec anw-fhir-profiles §5). */
const interpretations = {
  bradycardia: snomed('48867003', 'bradycardie'),
  normal: snomed('76863003', 'normale hartfrequentie'),
  tachycardia: snomed('3424008', 'tachycardie'),
} as const satisfies Record<HeartRateInterpretation, object>;

const fields: Readonly<Record<string, ElementFields<FieldOf<HeartRateInput>>>> = {
  regularity: [['Observation.value', 'regularity']],
  'heart-rate': [
    ['Observation.value', 'rate'],
    ['Observation.interpretation', 'interpretation'],
    ['Observation.hasMember', 'regularity'],
  ],
};
const everywhere: ElementFields<FieldOf<HeartRateInput>> = [
  ['Observation.effective', 'measuredAt'],
  ['Observation.note', 'note'],
];

/** Hartfrequentie as `nl-core-HeartRate`; its regularity is a resource of its own, written first. */
export const heartRateKind: WriteKind<HeartRateInput> = {
  label: 'Hartfrequentie',
  steps: ({ rate, regularity, interpretation, measuredAt, note }, subject) => {
    const facts = { patient: subject.patient, at: measuredAt };
    const rhythm: readonly PlannedResource[] =
      regularity === undefined
        ? []
        : [
            {
              name: 'regularity',
              create: () =>
                vitalSign({ profile: heartbeatRegularityZib.profile, code: [snomed('301112006', 'bevinding betreffende regelmaat van hartslag')], ...facts, valueCodeableConcept: concept(regularities[regularity]) }),
            },
          ];
    const heartRate: PlannedResource = {
      name: 'heart-rate',
      after: rhythm.map(({ name }) => name),
      create: (referenceTo) =>
        vitalSign({
          profile: heartRateZib.profile,
          code: [loinc('8867-4', 'Heart rate')],
          ...facts,
          valueQuantity: quantity(rate, '/min', '/min'),
          ...(interpretation === undefined ? {} : { interpretation: [concept(interpretations[interpretation])] }),
          ...noteOf(note),
          ...(rhythm.length === 0 ? {} : { hasMember: rhythm.map(({ name }) => ({ reference: referenceTo(name), type: 'Observation' })) }),
        }),
    };
    return planSteps([...rhythm, heartRate], subject);
  },
  fieldOf: (step, expression) => fieldAt([...(fields[step] ?? []), ...everywhere], expression),
};
