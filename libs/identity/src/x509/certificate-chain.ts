import { type Certificate, mayBeUsedFor, parseCertificate } from './certificate.js';
import { CertificateError } from './certificate-error.js';

export const MAX_CHAIN = 6;
const MIN_RSA_BITS = 2048;

/** Signatures over SHA-256 and longer; an older digest lets two certificates share one signature. */
const acceptedSignatures: readonly string[] = [
  '1.2.840.113549.1.1.11',
  '1.2.840.113549.1.1.12',
  '1.2.840.113549.1.1.13',
  '1.2.840.113549.1.1.10',
  '1.2.840.10045.4.3.2',
  '1.2.840.10045.4.3.3',
  '1.2.840.10045.4.3.4',
];

/** Leaf first, each signed by the next, up to a root that signed itself. */
export type CertificateChain = readonly [leaf: Certificate, issuer: Certificate, ...Certificate[]];

/** Reads `x5c` (RFC 7515 §4.1.6): base64 of DER, leaf first. @throws CertificateError `malformed` or `chain-broken` */
export function parseCertificateChain(x5c: unknown): CertificateChain {
  if (!Array.isArray(x5c) || x5c.length < 2 || x5c.length > MAX_CHAIN) throw new CertificateError('chain-broken', 'x5c holds a leaf and its authorities');
  const [leaf, issuer, ...rest] = x5c.map((entry) => parseCertificate(decode(entry)));
  return [leaf!, issuer!, ...rest];
}

function decode(entry: unknown): Uint8Array {
  const der = typeof entry === 'string' ? Buffer.from(entry, 'base64') : undefined;
  if (der?.toString('base64') !== entry) throw new CertificateError('malformed', 'an entry of x5c is no base64');
  return der!;
}

/**
 * Finds out whether a chain is complete, in order, and valid at `now` (RFC 5280 §6.1, as far as a chain without name
 * constraints and policy mapping needs it; one with them is refused). Revocation is another question.
 * @throws CertificateError
 */
export function verifyCertificateChain(chain: CertificateChain, now: Date): void {
  chain.forEach((certificate, depth) => {
    assertSound(certificate, now);
    const issuer = chain[depth + 1] ?? certificate;
    assertIssuedBy(certificate, issuer);
    if (depth > 0) assertAuthority(certificate, depth - 1);
  });
  if (chain[0].isAuthority) throw new CertificateError('chain-broken', 'the leaf is an authority');
  if (new Set(chain.map(({ fingerprint }) => fingerprint)).size !== chain.length) throw new CertificateError('chain-broken', 'a certificate occurs twice');
}

function assertSound(certificate: Certificate, now: Date): void {
  if (now < certificate.validFrom || now > certificate.validUntil) throw new CertificateError('outside-validity', `from ${certificate.validFrom.toISOString()} until ${certificate.validUntil.toISOString()}`);
  if (certificate.hasUnknownCriticalExtension) throw new CertificateError('malformed', 'a critical extension that we do not process');
  if (!acceptedSignatures.includes(certificate.signatureAlgorithm)) throw new CertificateError('weak', 'signature algorithm');
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.x509.publicKey;
  if (asymmetricKeyType?.startsWith('rsa') && (asymmetricKeyDetails?.modulusLength ?? 0) < MIN_RSA_BITS) throw new CertificateError('weak', 'RSA key');
}

/** The root stands for its own issuer. `checkIssued` compares names, key identifiers and the issuer's key usage. */
function assertIssuedBy(certificate: Certificate, issuer: Certificate): void {
  if (!Buffer.from(certificate.issuerName).equals(issuer.subjectName)) throw new CertificateError('chain-broken', 'x5c is not in order, or not complete up to its root');
  if (!certificate.x509.checkIssued(issuer.x509) || !certificate.x509.verify(issuer.x509.publicKey)) throw new CertificateError('chain-broken', 'a certificate was not signed by the next');
}

/** @param below authorities between this one and the leaf */
function assertAuthority(certificate: Certificate, below: number): void {
  if (!certificate.isAuthority || !mayBeUsedFor(certificate, 'keyCertSign')) throw new CertificateError('chain-broken', 'a certificate above the leaf is no authority');
  if (certificate.pathLength !== undefined && certificate.pathLength < below) throw new CertificateError('chain-broken', 'more authorities than one of them allows');
}
