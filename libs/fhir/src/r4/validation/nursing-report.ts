import type { ResourceIssue } from '../../fhir-failure.js';
import { nursingReportZib } from '../zibs.js';
import { error } from './issue.js';
import type { Observation } from './structure/observation.js';
import type { WritableZib } from './writable-zib.js';

/** Rapportage in free text (spec anw-fhir-profiles §3.2, §9.2). Length and characters are rules on every text. */
export const writableNursingReport: WritableZib = {
  zib: nursingReportZib,
  label: 'Rapportage',
  extensions: [],
  authorRule: 'REPORT-AUTHOR',
  wrongCode: error('REPORT-CODE', 'code-invalid', 'Verwacht SNOMED CT 11591000146107.', 'Observation.code'),
  check: (observation) => [...checkText(observation), ...checkTextOnly(observation)],
};

function checkText({ valueString }: Observation): readonly ResourceIssue[] {
  return valueString === undefined || valueString.trim() === '' ? [error('TEXT-EMPTY', 'required', 'De tekst is leeg.', 'Observation.value')] : [];
}

/** A report is its text; a value beside it would be shown to nobody. */
function checkTextOnly(observation: Observation): readonly ResourceIssue[] {
  const otherValue = Object.keys(observation).some((name) => /^value[A-Z]/.test(name) && name !== 'valueString');
  return [
    ...(otherValue ? [error('REPORT-VALUE', 'structure', 'Een rapportage heeft alleen tekst als waarde.', 'Observation.value')] : []),
    ...(observation.component === undefined ? [] : [error('REPORT-COMPONENT', 'structure', 'Een rapportage heeft geen onderdelen.', 'Observation.component')]),
  ];
}
