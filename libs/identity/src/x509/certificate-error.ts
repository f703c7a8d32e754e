export type CertificateFailure =
  | 'malformed'
  /** Not a complete chain from the leaf up to a root that signed itself. */
  | 'chain-broken'
  | 'outside-validity'
  | 'weak'
  /** None of its authorities is one that we trust, or not the one that the DID names. */
  | 'not-trusted'
  /** The leaf does not say what the DID says of it. */
  | 'policy-mismatch'
  | 'revoked'
  /** Whether it was revoked cannot be established. */
  | 'revocation-unknown';

/** A certificate that cannot be relied on; `detail` holds nothing of what it says about anyone. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
  constructor(
    readonly code: CertificateFailure,
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`certificate refused: ${code}: ${detail}`, options);
  }
}
