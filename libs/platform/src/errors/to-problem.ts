import { type Answer, jsonAnswer } from './answer.js';
import type { ProblemError } from './problem-error.js';
import { problemType, problemTypes } from './problem-types.js';

/** Who reads the answer: machines and vendors, or the people behind the pages (who read Dutch). */
export type Language = 'en' | 'nl';

/** Renders a failure as problem details (RFC 9457). */
export function toProblem(error: ProblemError, reference: string, language: Language = 'en'): Answer {
  const { status, title, titel } = problemTypes[error.problem];
  const body = {
    ...error.extensions,
    type: problemType(error.problem),
    title: language === 'nl' ? titel : title,
    status,
    detail: error.detail,
    errors: error.errors?.map(({ pointer, detail, melding }) => ({ pointer, detail: language === 'nl' ? (melding ?? detail) : detail })),
    reference: error.reference ?? reference,
  };
  return jsonAnswer(status, body, { contentType: 'application/problem+json', headers: { 'content-language': language, ...error.headers, ...retryAfter(error) } });
}

export function retryAfter(error: ProblemError): Record<string, string> {
  return error.retryAfterSeconds === undefined ? {} : { 'retry-after': String(error.retryAfterSeconds) };
}
