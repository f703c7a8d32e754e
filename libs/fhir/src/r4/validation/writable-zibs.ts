import { writableBloodPressure } from './blood-pressure.js';
import { writableNursingReport } from './nursing-report.js';
import type { WritableZib } from './writable-zib.js';

/** What may be written back (spec anw-fhir-profiles §9.2). A zib more is a file and an entry more. */
export const writableZibs: readonly WritableZib[] = [writableBloodPressure, writableNursingReport];
