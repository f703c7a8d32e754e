import type { IssueType, ResourceIssue } from '../../fhir-failure.js';

export function error(rule: string, code: IssueType, text: string, expression?: string): ResourceIssue {
  return { rule, severity: 'error', code, text, ...(expression === undefined ? {} : { expression }) };
}

/** Stored all the same; the nurse is told (G15, soft limits). */
export function warning(rule: string, text: string, expression: string): ResourceIssue {
  return { rule, severity: 'warning', code: 'business-rule', text, expression };
}
