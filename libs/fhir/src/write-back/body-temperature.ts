import { bodyTemperatureZib } from '../r4/zibs.js';
import { type Coding, listed, loinc, type Measured, noteOf, quantity, snomed, vitalSign } from './elements.js';
import { type ElementFields, fieldAt } from './field-at.js';
import { singleStep } from './steps.js';
import type { FieldOf, WriteKind } from './write-kind.js';

export interface BodyTemperatureInput extends Measured {
  /** Degrees Celsius. */
  readonly temperature: number;
  readonly site?: TemperatureSite | undefined;
}

export type TemperatureSite = 'rectal' | 'oral' | 'axillary' | 'inguinal' | 'tympanic' | 'temporal' | 'vaginal' | 'bladder' | 'core';

/** Temperatuurtype (spec anw-fhir-profiles §5). */
const sites = {
  rectal: snomed('307047009', 'rectale temperatuur'),
  oral: snomed('415945006', 'orale temperatuur'),
  axillary: snomed('415882003', 'axillaire temperatuur'),
  inguinal: snomed('415929009', 'inguinale temperatuur'),
  tympanic: snomed('415974002', 'tympanische temperatuur'),
  temporal: snomed('415922000', 'temporale temperatuur'),
  vaginal: snomed('364246006', 'vaginale temperatuur'),
  bladder: snomed('698832009', 'blaastemperatuur'),
  core: snomed('276885007', 'kerntemperatuur'),
} as const satisfies Record<TemperatureSite, Coding>;

const fields: ElementFields<FieldOf<BodyTemperatureInput>> = [
  ['Observation.value', 'temperature'],
  ['Observation.code', 'site'],
  ['Observation.effective', 'measuredAt'],
  ['Observation.note', 'note'],
];

/** Lichaamstemperatuur as `nl-core-BodyTemperature`; where it was measured is a second coding of the code. */
export const bodyTemperatureKind: WriteKind<BodyTemperatureInput> = {
  label: 'Lichaamstemperatuur',
  steps: ({ temperature, site, measuredAt, note }, subject) =>
    singleStep(
      'body-temperature',
      vitalSign({
        profile: bodyTemperatureZib.profile,
        code: listed<Coding>(loinc('8310-5', 'Body temperature'), site && sites[site]),
        patient: subject.patient,
        at: measuredAt,
        valueQuantity: quantity(temperature, '°C', 'Cel'),
        ...noteOf(note),
      }),
      subject,
    ),
  fieldOf: (_step, expression) => fieldAt(fields, expression),
};
