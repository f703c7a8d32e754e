import type { CertificateFailure } from './x509/certificate-error.js';

/** What a requesting system proves about itself by its client certificate (check 1, RFC 8705). */
export interface ClientCertificate {
  /** DNS names in its subjectAltName. */
  readonly hosts: readonly string[];
  /** base64url SHA-256 of the DER form, the `x5t#S256` of RFC 8705 §3.1. */
  readonly thumbprint: string;
  /** Whether it chains to a certificate authority that this door trusts, is for clients, within its dates, and was not taken back. */
  readonly trusted: boolean;
  /** Why it is not to be trusted. */
  readonly flaw?: CertificateFailure;
}
