import { CredentialError, parsePresentationSubmission, type PresentationSubmission } from '@anw/credentials';
import { TokenRequestError } from './token-failure.js';

export const grantTypes = ['vp_token-bearer'] as const;
export type GrantType = (typeof grantTypes)[number];

/** A token request whose form has been read. */
export interface TokenRequest {
  readonly grantType: GrantType;
  readonly scope: string;
  /** The presentation as it travelled. */
  readonly assertion: string;
  readonly submission: PresentationSubmission;
}

const MAX_SCOPE_LENGTH = 200;

/**
 * Reads the form parameters of RFC021 (spec nuts-protocols §4.4). Unknown parameters are ignored, `client_id` among them:
 * the presentation says who asks (A9). "Parameters MUST NOT be included more than once" (RFC 6749 §3.2).
 * @throws TokenRequestError
 */
export function parseTokenRequest(parameters: URLSearchParams): TokenRequest {
  assertNoneRepeated(parameters);
  const grantType = parseGrantType(required(parameters, 'grant_type'));
  const scope = required(parameters, 'scope');
  if (scope.length > MAX_SCOPE_LENGTH) throw new TokenRequestError('parameter-malformed', 'scope is too long');
  return { grantType, scope, assertion: required(parameters, 'assertion'), submission: parseSubmission(required(parameters, 'presentation_submission')) };
}

function assertNoneRepeated(parameters: URLSearchParams): void {
  const seen = new Set<string>();
  for (const name of parameters.keys()) {
    if (seen.has(name)) throw new TokenRequestError('parameter-repeated', 'a form parameter occurs more than once');
    seen.add(name);
  }
}

/** "Parameters sent without a value MUST be treated as if they were omitted" (RFC 6749 §3.2). */
function required(parameters: URLSearchParams, name: string): string {
  const value = parameters.get(name);
  if (value === null || value === '') throw new TokenRequestError('parameter-missing', name);
  return value;
}

function parseGrantType(text: string): GrantType {
  const grantType = grantTypes.find((known) => known === text);
  if (grantType === undefined) throw new TokenRequestError('unsupported-grant-type', 'grant_type is not one of ours');
  return grantType;
}

function parseSubmission(text: string): PresentationSubmission {
  try {
    return parsePresentationSubmission(text);
  } catch (cause) {
    if (!(cause instanceof CredentialError)) throw cause;
    throw new TokenRequestError('parameter-malformed', cause.detail, { cause });
  }
}
