import { type Answer, AnswerError } from './answer.js';
import type { Dialect } from './dialect.js';
import { ProblemError } from './problem-error.js';
import type { ProblemName } from './problem-types.js';
import { toFhirAnswer } from './to-fhir-answer.js';
import { toOAuthAnswer } from './to-oauth-answer.js';
import { type Language, toProblem } from './to-problem.js';
import { toProblemError } from './to-problem-error.js';

/** One failure, told in one dialect; `unexpected` holds what belongs in the log and nowhere else. */
export interface ToldFailure {
  /** What the edge called it; absent for an answer that a library had rendered. */
  readonly problem?: ProblemName;
  readonly answer: Answer;
  readonly unexpected?: unknown;
}

/** Tells any failure in a dialect. `reference` is the request's, the same that its log line carries. */
export function toAnswer(error: unknown, dialect: Dialect, reference: string, language: Language = 'en'): ToldFailure {
  if (error instanceof AnswerError) return { answer: error.answer };
  const problem = toProblemError(error);
  const answer = render(problem, dialect, reference, language);
  return { answer, problem: problem.problem, ...(problem.problem === 'unexpected' && { unexpected: problem.cause ?? problem }) };
}

function render(problem: ProblemError, dialect: Dialect, reference: string, language: Language): Answer {
  switch (dialect) {
    case 'problem':
      return toProblem(problem, reference, language);
    case 'oauth':
      return toOAuthAnswer(problem, reference);
    case 'fhir':
      return toFhirAnswer(problem, reference);
  }
}
