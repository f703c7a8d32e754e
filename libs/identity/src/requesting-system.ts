/** What a TLS connection proves about the system at its other end (check 1, RFC 8705). */
export interface ClientCertificate {
  /** DNS names in its subjectAltName. */
  readonly hosts: readonly string[];
  /** base64url SHA-256 of the DER form, the `x5t#S256` of RFC 8705 §3.1. */
  readonly thumbprint: string;
  /** Whether it chains to a certificate authority that this door trusts and is within its dates. */
  readonly trusted: boolean;
}
