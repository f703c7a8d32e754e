import { type Answer, jsonAnswer } from './answer.js';
import type { ProblemError } from './problem-error.js';
import type { ProblemName } from './problem-types.js';
import { retryAfter } from './to-problem.js';

/**
 * Where each edge failure lands at an OAuth route (RFC 6749 §5.2). Nuts nodes parse a body as an OAuth error only when
 * the status is 400 (spec nuts-protocols A15), so what is wrong with the request is 400 wherever HTTP leaves a choice.
 */
const oauthErrors = {
  'invalid-request': { status: 400, error: 'invalid_request', description: 'The request does not have the form that this endpoint reads.' },
  'malformed-body': { status: 400, error: 'invalid_request', description: 'The body could not be read.' },
  'unauthenticated': { status: 401, error: 'invalid_client', description: 'The client could not be authenticated.' },
  'forbidden': { status: 400, error: 'access_denied', description: 'The request was refused.' },
  'cross-site': { status: 400, error: 'invalid_request', description: 'The request was refused.' },
  'not-found': { status: 404, error: 'invalid_request', description: 'There is no such authorization server or endpoint.' },
  'method-not-allowed': { status: 405, error: 'invalid_request', description: 'This endpoint does not take that method.' },
  'request-timeout': { status: 408, error: 'invalid_request', description: 'The request took too long to arrive.' },
  'conflict': { status: 400, error: 'invalid_request', description: 'The request clashes with an earlier one.' },
  'precondition-failed': { status: 400, error: 'invalid_request', description: 'What the request supposes does not hold.' },
  'body-too-large': { status: 413, error: 'invalid_request', description: 'The body is larger than this endpoint takes.' },
  'uri-too-long': { status: 414, error: 'invalid_request', description: 'The path is longer than any endpoint.' },
  'unsupported-media-type': { status: 400, error: 'invalid_request', description: 'Parameters are sent as application/x-www-form-urlencoded.' },
  'range-not-satisfiable': { status: 400, error: 'invalid_request', description: 'There is no such part.' },
  'not-acceptable': { status: 400, error: 'invalid_request', description: 'The request cannot be carried out as asked.' },
  'too-many-requests': { status: 429, error: 'temporarily_unavailable', description: 'Too many requests.' },
  'headers-too-large': { status: 431, error: 'invalid_request', description: 'The address and the headers are larger than this endpoint takes.' },
  'partner-unavailable': { status: 503, error: 'temporarily_unavailable', description: 'Another organisation did not answer as it should.' },
  'unavailable': { status: 503, error: 'temporarily_unavailable', description: 'The service waits for something it depends on.' },
  'unexpected': { status: 500, error: 'server_error', description: 'Something went wrong on our side.' },
} as const satisfies Record<ProblemName, { readonly status: number; readonly error: string; readonly description: string }>;

/** Renders an edge failure as RFC 6749 §5.2 JSON, never stored by anyone on the way (RFC 6749 §5.1). */
export function toOAuthAnswer(error: ProblemError, reference: string): Answer {
  const { status, error: code, description } = oauthErrors[error.problem];
  const body = { error: code, error_description: description, reference: error.reference ?? reference };
  return jsonAnswer(status, body, { headers: { 'cache-control': 'no-store', pragma: 'no-cache', ...error.headers, ...retryAfter(error) } });
}
