import { StrictJsonError } from '@anw/identity';
import { DatabaseUnavailableError } from '@anw/persistence';
import { HttpException } from '@nestjs/common';
import { ProblemError } from './problem-error.js';
import type { ProblemName } from './problem-types.js';

/** Seconds after which whoever met a dependency that is down may ask again. */
const RETRY_AFTER_SECONDS = 5;

/** Names a failure. What has no name is unexpected: it keeps its cause for the log and says nothing outside. */
export function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof DatabaseUnavailableError) return new ProblemError('unavailable', { cause: error, retryAfterSeconds: RETRY_AFTER_SECONDS });
  if (error instanceof StrictJsonError) return new ProblemError('malformed-body', { cause: error, detail: `JSON refused: ${error.code}` });
  return new ProblemError(problemOf(error) ?? 'unexpected', { cause: error });
}

function problemOf(error: unknown): ProblemName | undefined {
  const status = statusOf(error);
  if (status === 400 && isAboutBody(error)) return 'malformed-body';
  return status === undefined ? undefined : problemOfStatus[status];
}

/** Fastify's own errors about a body; Nest wraps them, the cause keeps the code. */
function isAboutBody(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return [code, cause?.code].some((known) => typeof known === 'string' && known.startsWith('FST_ERR_CTP_'));
}

/** What Fastify and Nest themselves refuse, before a controller or instead of one. */
const problemOfStatus: Readonly<Record<number, ProblemName>> = {
  400: 'invalid-request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  406: 'not-acceptable',
  408: 'request-timeout',
  409: 'conflict',
  412: 'precondition-failed',
  413: 'body-too-large',
  414: 'uri-too-long',
  415: 'unsupported-media-type',
  416: 'range-not-satisfiable',
  429: 'too-many-requests',
  431: 'headers-too-large',
  503: 'unavailable',
};

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const { name, statusCode } = (error ?? {}) as { name?: unknown; statusCode?: unknown };
  return name === 'FastifyError' && typeof statusCode === 'number' ? statusCode : undefined;
}
