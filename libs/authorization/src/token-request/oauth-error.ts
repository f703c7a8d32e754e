import type { TokenFailure } from './token-failure.js';

/** Error body of RFC 6749 §5.2, with the reference under which the custodian finds its decision record (design D16). */
export interface OAuthError {
  readonly error: 'invalid_request' | 'invalid_scope' | 'unsupported_grant_type' | 'invalid_dpop_proof' | 'use_dpop_nonce';
  readonly error_description: string;
  readonly reference: string;
}

/**
 * The whole mapping for the grant of Nuts RFC021, which gives `invalid_request` for anything wrong with the presentation
 * and the credentials in it; a certificate or an authorization that is refused is such a fault too, so `invalid_client`
 * and `invalid_grant` do not occur; what is wrong with a DPoP proof has the codes of RFC 9449 §5 and §8. Each is HTTP 400: the nodes of our partners read no other status as an OAuth error
 * (spec nuts-protocols A15). All denials of checks 5 to 8 share one sentence.
 */
const answers = {
  'parameter-missing': { error: 'invalid_request', error_description: 'A required parameter is missing.' },
  'parameter-repeated': { error: 'invalid_request', error_description: 'A parameter occurs more than once.' },
  'parameter-malformed': { error: 'invalid_request', error_description: 'A parameter is malformed.' },
  'unsupported-grant-type': { error: 'unsupported_grant_type', error_description: 'This grant type is not supported.' },
  'unknown-scope': { error: 'invalid_scope', error_description: 'This scope is not offered here.' },
  'scope-not-granted': { error: 'invalid_scope', error_description: 'This scope is not granted to you.' },
  'presentation-not-accepted': { error: 'invalid_request', error_description: 'The presentation is not accepted.' },
  'nothing-to-bind-to': { error: 'invalid_request', error_description: 'A client certificate or a DPoP proof is needed to bind the access token to.' },
  'certificate-needed': { error: 'invalid_request', error_description: 'A client certificate is needed to bind the access token to.' },
  // "When a proof is missing": RFC 9449 has no code of its own, and this one tells a client what to send.
  'dpop-proof-needed': { error: 'invalid_dpop_proof', error_description: 'A DPoP proof is needed to bind the access token to.' },
  'dpop-proof-invalid': { error: 'invalid_dpop_proof', error_description: 'The DPoP proof is not accepted.' },
  'dpop-nonce-needed': { error: 'use_dpop_nonce', error_description: 'The DPoP proof must hold the nonce of this server.' },
  'requester-refused': { error: 'invalid_request', error_description: 'The requesting system or its user is not accepted.' },
  'authorization-refused': { error: 'invalid_request', error_description: 'The request is not authorized.' },
} as const satisfies Record<TokenFailure, Omit<OAuthError, 'reference'>>;

export function toOAuthError(failure: TokenFailure, reference: string): { readonly status: 400; readonly body: OAuthError } {
  return { status: 400, body: { ...answers[failure], reference } };
}
