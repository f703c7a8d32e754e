import { respirationZib } from '../r4/zibs.js';
import { concept, loinc, type Measured, noteOf, quantity, snomed, vitalSign } from './elements.js';
import { type ElementFields, fieldAt } from './field-at.js';
import { singleStep } from './steps.js';
import type { FieldOf, WriteKind } from './write-kind.js';

export interface RespirationInput extends Measured {
  /** Breaths per minute. */
  readonly rate: number;
  readonly extraOxygen?: boolean | undefined;
}

const fields: ElementFields<FieldOf<RespirationInput>> = [
  ['Observation.value', 'rate'],
  ['Observation.component', 'extraOxygen'],
  ['Observation.effective', 'measuredAt'],
  ['Observation.note', 'note'],
];

/** Ademhaling: the frequency as HL7's `resprate`, since the zib has no published profile (spec anw-fhir-profiles §4). */
export const respirationKind: WriteKind<RespirationInput> = {
  label: 'Ademhaling',
  steps: ({ rate, extraOxygen, measuredAt, note }, subject) =>
    singleStep(
      'respiration',
      vitalSign({
        profile: respirationZib.profile,
        code: [loinc('9279-1', 'Respiratory rate')],
        patient: subject.patient,
        at: measuredAt,
        valueQuantity: quantity(rate, '/min', '/min'),
        ...noteOf(note),
        ...(extraOxygen === undefined ? {} : { component: [{ code: concept(snomed('16206004', 'toediening van zuurstof')), valueBoolean: extraOxygen }] }),
      }),
      subject,
    ),
  fieldOf: (_step, expression) => fieldAt(fields, expression),
};
