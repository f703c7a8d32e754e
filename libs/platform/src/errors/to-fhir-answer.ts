import { type Answer, jsonAnswer } from './answer.js';
import type { ProblemError } from './problem-error.js';
import { type ProblemName, problemTypes } from './problem-types.js';
import { retryAfter } from './to-problem.js';

/** FHIR R4 issue type (http://hl7.org/fhir/issue-type) of each failure that never reaches the FHIR library. */
const issueCodes = {
  'invalid-request': 'invalid',
  'malformed-body': 'structure',
  'unauthenticated': 'login',
  'forbidden': 'forbidden',
  'cross-site': 'forbidden',
  'not-found': 'not-found',
  'method-not-allowed': 'not-supported',
  'request-timeout': 'timeout',
  'conflict': 'conflict',
  'precondition-failed': 'conflict',
  'body-too-large': 'too-long',
  'uri-too-long': 'too-long',
  'unsupported-media-type': 'not-supported',
  'range-not-satisfiable': 'not-supported',
  'not-acceptable': 'business-rule',
  'too-many-requests': 'throttled',
  'headers-too-large': 'too-long',
  'partner-unavailable': 'transient',
  'unavailable': 'transient',
  'unexpected': 'exception',
} as const satisfies Record<ProblemName, string>;

/** Renders an edge failure as an OperationOutcome; the text is Dutch, for it reaches the nurse's page. */
export function toFhirAnswer(error: ProblemError, reference: string): Answer {
  const { status, titel } = problemTypes[error.problem];
  const body = {
    resourceType: 'OperationOutcome',
    // Where every OperationOutcome of the FHIR library has it too.
    id: error.reference ?? reference,
    issue: [{ severity: error.problem === 'unexpected' ? 'fatal' : 'error', code: issueCodes[error.problem], details: { text: `${titel}.` } }],
  };
  return jsonAnswer(status, body, { contentType: 'application/fhir+json', headers: { 'cache-control': 'no-store', ...bearerChallenge(error), ...error.headers, ...retryAfter(error) } });
}

/** "If the protected resource request does not include authentication credentials […] the resource server MUST include the […] WWW-Authenticate" (RFC 6750 §3). */
function bearerChallenge(error: ProblemError): Record<string, string> {
  return error.problem === 'unauthenticated' ? { 'www-authenticate': 'Bearer' } : {};
}
