import { nursingReportZib } from '../zibs.js';
import { error } from './issue.js';
import { checkTextReport } from './text-report.js';
import type { Observation } from './structure/observation.js';
import type { WritableZib } from './writable-zib.js';

/** Rapportage in free text (spec anw-fhir-profiles §3.2, §9.2). Length and characters are rules on every text. */
export const writableNursingReport: WritableZib<Observation> = {
  zib: nursingReportZib,
  label: 'Rapportage',
  authorRule: 'REPORT-AUTHOR',
  wrongCode: error('REPORT-CODE', 'code-invalid', 'Verwacht SNOMED CT 11591000146107.', 'Observation.code'),
  check: checkTextReport,
};
