import { oxygenSaturationZib } from '../r4/zibs.js';
import { concept, loinc, type Measured, noteOf, quantity, snomed, vitalSign } from './elements.js';
import { type ElementFields, fieldAt } from './field-at.js';
import { singleStep } from './steps.js';
import type { FieldOf, WriteKind } from './write-kind.js';

export interface OxygenSaturationInput extends Measured {
  /** Per cent. */
  readonly saturation: number;
  /** Whether extra oxygen was given while it was measured. */
  readonly extraOxygen?: boolean | undefined;
}

const fields: ElementFields<FieldOf<OxygenSaturationInput>> = [
  ['Observation.value', 'saturation'],
  ['Observation.component', 'extraOxygen'],
  ['Observation.effective', 'measuredAt'],
  ['Observation.note', 'note'],
];

/** O2Saturatie as `nl-core-O2Saturation`, with the two codes that it demands. */
export const oxygenSaturationKind: WriteKind<OxygenSaturationInput> = {
  label: 'O2-saturatie',
  steps: ({ saturation, extraOxygen, measuredAt, note }, subject) =>
    singleStep(
      'oxygen-saturation',
      vitalSign({
        profile: oxygenSaturationZib.profile,
        code: [loinc('2708-6', 'Oxygen saturation in Arterial blood'), loinc('59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry')],
        patient: subject.patient,
        at: measuredAt,
        valueQuantity: quantity(saturation, '%', '%'),
        ...noteOf(note),
        ...(extraOxygen === undefined ? {} : { component: [{ code: concept(snomed('266702001', 'toediening van zuurstof')), valueBoolean: extraOxygen }] }),
      }),
      subject,
    ),
  fieldOf: (_step, expression) => fieldAt(fields, expression),
};
