import { writableBloodPressure } from './blood-pressure.js';
import { writableBodyHeight } from './body-height.js';
import { writableBodyTemperature } from './body-temperature.js';
import { writableBodyWeight } from './body-weight.js';
import { writableHeartRate } from './heart-rate.js';
import { writableMedicationAdministration } from './medication-administration.js';
import { writableMedicationUse } from './medication-use.js';
import { writableNursingReport } from './nursing-report.js';
import { writableOxygenSaturation } from './oxygen-saturation.js';
import { writablePulsePanel } from './pulse-panel.js';
import { writablePulseRate } from './pulse-rate.js';
import { writableHeartbeatRegularity, writablePulseRegularity } from './regularity.js';
import { writableRespiration } from './respiration.js';
import { writableSoapLine } from './soap-line.js';
import { writableSoapReport } from './soap-report.js';
import { writableTextResult } from './text-result.js';
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
  writablePulseRegularity,
  writablePulsePanel,
  writableHeartRate,
  writableHeartbeatRegularity,
  writableRespiration,
  writableVisualAcuity,
  writableSoapLine,
  writableSoapReport,
  writableTextResult,
  writableMedicationUse,
  writableMedicationAdministration,
];
