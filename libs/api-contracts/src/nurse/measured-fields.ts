/** What a number in a measurement may be. */
export interface MeasuredField {
  /** As a nurse says it: `mmHg`. */
  readonly unit: string;
  /** Outside of it the custodian refuses. */
  readonly possible: readonly [least: number, most: number];
  /** Outside of it she is asked whether it is right. */
  readonly usual: readonly [least: number, most: number];
}

const perMinute = { unit: 'per minuut', possible: [0, 350], usual: [40, 150] } as const;

/**
 * The numbers that a nurse measures, by kind and member of its input, so that a page asks her about a slipped decimal
 * point without a connection too. The rules of `reviewWrite` (libs/fhir) decide; the spec holds every bound against them.
 */
export const measuredFields = {
  'blood-pressure': {
    systolic: { unit: 'mmHg', possible: [20, 350], usual: [70, 220] },
    diastolic: { unit: 'mmHg', possible: [10, 250], usual: [40, 130] },
  },
  'body-weight': { weight: { unit: 'kg', possible: [0.2, 650], usual: [30, 250] } },
  'body-height': { height: { unit: 'cm', possible: [20, 280], usual: [120, 220] } },
  'body-temperature': { temperature: { unit: '°C', possible: [20, 46], usual: [34, 41] } },
  'oxygen-saturation': { saturation: { unit: '%', possible: [0, 100], usual: [85, 100] } },
  'pulse-rate': { rate: perMinute },
  'heart-rate': { rate: perMinute },
  respiration: { rate: { unit: 'per minuut', possible: [0, 120], usual: [8, 35] } },
  'visual-acuity': { acuity: { unit: '', possible: [0, 2], usual: [0, 2] } },
} as const satisfies Readonly<Record<string, Readonly<Record<string, MeasuredField>>>>;
