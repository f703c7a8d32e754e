/** Why a request with, or without, an access token is not let in. Closed: every dialect answers each. */
export type AccessFailure =
  | 'token-missing'
  | 'token-malformed'
  | 'token-unknown'
  | 'token-expired'
  /** Not made over the client certificate that the token is bound to (RFC 8705 §3). */
  | 'token-of-another-certificate'
  /** Bound to a DPoP key, and shown without a proof of it or as a bearer token (RFC 9449 §7.2). */
  | 'token-without-proof'
  /** The proof is of another key than the token is bound to. */
  | 'token-of-another-key'
  /** The proof is not as RFC 9449 §4.3 has it, is of another request, or was shown before. */
  | 'proof-not-accepted'
  /** The proof lacks a nonce of ours, where one is demanded. */
  | 'proof-nonce-needed'
  /** A good token, for something else. */
  | 'token-of-another-scope';
