import type { ResourceIssue } from '../../fhir-failure.js';
import { error } from './issue.js';
import type { Observation } from './structure/observation.js';

/** An Observation that is its text: a report, or a line of one. Length and characters are rules on every text. */
export function checkTextReport(observation: Observation): readonly ResourceIssue[] {
  return [...checkNotBlank(observation.valueString, 'Observation.value'), ...checkTextOnly(observation)];
}

/** TEXT-EMPTY, wherever a text is the whole of it. */
export function checkNotBlank(text: string | undefined, at: string): readonly ResourceIssue[] {
  return text === undefined || text.trim() === '' ? [error('TEXT-EMPTY', 'required', 'De tekst is leeg.', at)] : [];
}

/** A value beside the text would be shown to nobody. */
function checkTextOnly(observation: Observation): readonly ResourceIssue[] {
  const otherValue = Object.keys(observation).some((name) => /^value[A-Z]/.test(name) && name !== 'valueString');
  return [
    ...(otherValue ? [error('REPORT-VALUE', 'structure', 'Een rapportage heeft alleen tekst als waarde.', 'Observation.value')] : []),
    ...(observation.component === undefined ? [] : [error('REPORT-COMPONENT', 'structure', 'Een rapportage heeft geen onderdelen.', 'Observation.component')]),
  ];
}
