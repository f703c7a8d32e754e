/** Why a token request got no token. Closed: a new failure must be placed in the record that answers it. */
export type TokenFailure =
  | 'parameter-missing'
  | 'parameter-repeated'
  | 'parameter-malformed'
  | 'unsupported-grant-type'
  | 'unknown-scope'
  | 'scope-not-granted'
  | 'presentation-not-accepted'
  | 'nothing-to-bind-to'
  /** This partner's tokens are to be bound to a client certificate. */
  | 'certificate-needed'
  /** This partner's tokens are to be bound to a DPoP key. */
  | 'dpop-proof-needed'
  | 'dpop-proof-invalid'
  /** A DPoP proof without a nonce of ours, where one is demanded. */
  | 'dpop-nonce-needed'
  /** Denied by one of checks 1 to 4, which are about the system, the person and the organisation that ask. */
  | 'requester-refused'
  /** Denied by one of checks 5 to 8: which one could reveal that someone is in care. */
  | 'authorization-refused';

/** A token request that gets no token: `code` is answered, `detail` is for the decision record only. */
export class TokenRequestError extends Error {
  override readonly name = 'TokenRequestError';
  constructor(
    readonly code: TokenFailure,
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${detail}`, options);
  }
}
