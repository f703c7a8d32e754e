import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { z } from 'zod';
import { type InvalidPart, ProblemError } from './problem-error.js';
import { type SchemaFault, wordFault } from './word-fault.js';

interface Issue extends SchemaFault {
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Reads every parameter that names a schema, as `@Body({ schema })`; what does not fit is `invalid-request`, every fault named. */
export function validationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({ exceptionFactory: (issues) => invalidRequest(issues as readonly Issue[]) });
}

/** Parses what came from outside. @throws ProblemError `invalid-request`, with every fault at its pointer */
export function parseRequest<T>(schema: z.ZodType<T, unknown>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalidRequest(parsed.error.issues as readonly Issue[]);
  return parsed.data;
}

/** More faults than this help nobody. */
const MAX_ERRORS = 20;

function invalidRequest(issues: readonly Issue[]): ProblemError {
  return new ProblemError('invalid-request', { errors: issues.slice(0, MAX_ERRORS).map(toInvalidPart) });
}

function toInvalidPart(issue: Issue): InvalidPart {
  const steps = (issue.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step));
  return { pointer: steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''), detail: issue.message, melding: wordFault(issue) };
}
