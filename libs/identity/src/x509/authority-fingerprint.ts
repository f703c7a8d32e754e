import { createHash, X509Certificate } from 'node:crypto';

/** The name that a did:x509 gives to a certificate authority (spec nuts-protocols §1.7). @throws RangeError when the PEM is no certificate of an authority */
export function authorityFingerprint(pem: string): string {
  const certificate = readPem(pem);
  if (!certificate.ca) throw new RangeError('the certificate is not of an authority');
  return createHash('sha256').update(certificate.raw).digest('base64url');
}

function readPem(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new RangeError('no certificate in PEM', { cause });
  }
}
