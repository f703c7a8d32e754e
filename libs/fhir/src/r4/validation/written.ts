import type { Composition } from './structure/composition.js';
import type { DiagnosticReport } from './structure/diagnostic-report.js';
import type { MedicationAdministration } from './structure/medication-administration.js';
import type { MedicationStatement } from './structure/medication-statement.js';
import type { Observation } from './structure/observation.js';

/** A resource of a type that may be written back, its structure judged. */
export type Written = Observation | Composition | DiagnosticReport | MedicationStatement | MedicationAdministration;
