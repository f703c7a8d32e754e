import { pulsePanelZib, pulseRateZib, pulseRegularityZib } from '../r4/zibs.js';
import { concept, loinc, type Measured, noteOf, quantity, snomed, vitalSign } from './elements.js';
import { type ElementFields, fieldAt } from './field-at.js';
import { planSteps } from './steps.js';
import type { FieldOf, WriteKind, WriteStep, WriteSubject } from './write-kind.js';

export interface PulseRateInput extends Measured {
  /** Beats per minute. */
  readonly rate: number;
  readonly regularity?: PulseRegularity | undefined;
}

export type PulseRegularity = 'regular' | 'irregular';

const regularities = {
  regular: snomed('271636001', 'regelmatige pulsaties'),
  irregular: snomed('61086009', 'onregelmatige pulsaties'),
} as const satisfies Record<PulseRegularity, object>;

/** By step: the panel says the note, the number its own value. */
const fields: Readonly<Record<string, ElementFields<FieldOf<PulseRateInput>>>> = {
  rate: [['Observation.value', 'rate']],
  regularity: [['Observation.value', 'regularity']],
};
const everywhere: ElementFields<FieldOf<PulseRateInput>> = [
  ['Observation.effective', 'measuredAt'],
  ['Observation.note', 'note'],
];

/** Polsfrequentie: the number alone, or number and regularity with the panel that holds them (spec anw-fhir-profiles §3.1). */
export const pulseRateKind: WriteKind<PulseRateInput> = {
  label: 'Polsfrequentie',
  steps: (input, subject) => (input.regularity === undefined ? numberAlone(input, subject) : panelOf(input, input.regularity, subject)),
  fieldOf: (step, expression) => fieldAt([...(fields[step] ?? []), ...everywhere], expression),
};

function numberAlone(input: PulseRateInput, subject: WriteSubject): readonly WriteStep[] {
  return planSteps([{ name: 'rate', create: () => ({ ...numberOf(input, subject), ...noteOf(input.note) }) }], subject);
}

function panelOf(input: PulseRateInput, regularity: PulseRegularity, subject: WriteSubject): readonly WriteStep[] {
  const facts = { patient: subject.patient, at: input.measuredAt };
  return planSteps(
    [
      { name: 'rate', create: () => numberOf(input, subject) },
      {
        name: 'regularity',
        create: () =>
          vitalSign({ profile: pulseRegularityZib.profile, code: [loinc('44969-4', 'Heart rate rhythm palpation')], ...facts, valueCodeableConcept: concept(regularities[regularity]) }),
      },
      {
        name: 'panel',
        after: ['rate', 'regularity'],
        create: (referenceTo) =>
          vitalSign({
            profile: pulsePanelZib.profile,
            code: [snomed('366199006', 'bevinding betreffende pulsaties')],
            ...facts,
            ...noteOf(input.note),
            hasMember: ['rate', 'regularity'].map((step) => ({ reference: referenceTo(step), type: 'Observation' })),
          }),
      },
    ],
    subject,
  );
}

function numberOf({ rate, measuredAt }: PulseRateInput, { patient }: WriteSubject) {
  return vitalSign({
    profile: pulseRateZib.profile,
    code: [loinc('8893-0', 'Heart rate Peripheral artery by palpation')],
    patient,
    at: measuredAt,
    valueQuantity: quantity(rate, '/min', '/min'),
  });
}
