/** What is wrong with a DPoP proof. Closed: for the decision record and the log; outside they all read the same but the nonce. */
export type DpopFailure =
  | 'malformed'
  | 'wrong-type'
  | 'unsupported-algorithm'
  | 'private-key-shown'
  | 'unusable-key'
  | 'signature-invalid'
  | 'wrong-method'
  | 'wrong-url'
  | 'too-old'
  | 'in-the-future'
  | 'wrong-token'
  | 'replayed'
  /** No nonce, or none of ours that still counts: the caller is given one to use (RFC 9449 §8). */
  | 'nonce-needed';

/** A DPoP proof that proves nothing. The message holds no part of it. */
export class DpopProofError extends Error {
  override readonly name = 'DpopProofError';
  constructor(
    readonly code: DpopFailure,
    options?: ErrorOptions,
  ) {
    super(`DPoP proof: ${code}`, options);
  }
}
