import { writableBloodPressure } from './blood-pressure.js';
import { writableBodyHeight } from './body-height.js';
import { writableBodyTemperature } from './body-temperature.js';
import { writableBodyWeight } from './body-weight.js';
import { writableHeartRate } from './heart-rate.js';
import { writableNursingReport } from './nursing-report.js';
import { writableOxygenSaturation } from './oxygen-saturation.js';
import { writablePulseRate } from './pulse-rate.js';
import { writableRespiration } from './respiration.js';
import { writableVisualAcuity } from './visual-acuity.js';
import type { WritableZib } from './writable-zib.js';

/** What may be written back (spec anw-fhir-profiles §9.2). A zib more is a file and an entry more. */
export const writableZibs: readonly WritableZib[] = [
  writableBloodPressure,
  writableNursingReport,
  writableBodyWeight,
  writableBodyHeight,
  writableBodyTemperature,
  writableOxygenSaturation,
  writablePulseRate,
  writableHeartRate,
  writableRespiration,
  writableVisualAcuity,
];
