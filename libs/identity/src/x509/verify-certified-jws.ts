import type { CertificateRevocation } from './certificate-revocation.js';
import type { CertifiedJws } from './certified-jws.js';
import type { DidX509 } from './did-x509.js';

/** Which certificate authorities count, and how their revocations are known. */
export interface CertificateTrust {
  /** SHA-256 fingerprints of authorities' certificates, base64url, as a did:x509 names them. */
  readonly authorities: readonly string[];
  readonly revocation: CertificateRevocation;
}

export interface CertifiedSigner {
  readonly did: DidX509;
  /** Of the leaf. */
  readonly validFrom: Date;
  readonly validUntil: Date;
}

/**
 * Finds out who signed a JWS that brings its certificates along; see `resolveCertifiedSigner`. The reader of certificates is
 * loaded at the first one, as most requests bring none.
 * @throws CertificateError, JwsError, DidResolutionError
 */
export async function verifyCertifiedJws(jws: CertifiedJws, trust: CertificateTrust, now: Date): Promise<CertifiedSigner> {
  const { resolveCertifiedSigner } = await import('./resolve-certified-signer.js');
  return resolveCertifiedSigner(jws, trust, now);
}
