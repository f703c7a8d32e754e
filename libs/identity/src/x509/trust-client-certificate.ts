import { X509Certificate } from 'node:crypto';
import { type Certificate, mayBeUsedFor, parseCertificate } from './certificate.js';
import { type CertificateChain, MAX_CHAIN, verifyCertificateChain } from './certificate-chain.js';
import { CertificateError } from './certificate-error.js';

/** id-kp-clientAuth and anyExtendedKeyUsage (RFC 5280 §4.2.1.12). */
const clientAuth = '1.3.6.1.5.5.7.3.2';
const anyUse = '2.5.29.37.0';

/** Authorities of one name, as they are when one is renewed, make for several paths. */
const MAX_PATHS = 32;

/** A certificate that may be relied on, from and until these moments unless it is taken back. */
export interface TrustedClientCertificate {
  readonly chain: CertificateChain;
  /** Of all certificates of the chain together. */
  readonly validFrom: Date;
  readonly validUntil: Date;
}

/** Reads a bundle of certificates in PEM. @throws CertificateError `malformed` */
export function parseAuthorities(pem: string): readonly Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => parseCertificate(new X509Certificate(block).raw));
}

/**
 * Finds a chain from a client's certificate up to a root that we trust (RFC 5280 §6.1), in which everything is valid now
 * and for clients. Revocation is another question.
 * @param authorities roots, which signed themselves, and the authorities below them; what a client brings along is not taken
 * @throws CertificateError of the first chain that was tried
 */
export function trustClientCertificate(leaf: Certificate, authorities: readonly Certificate[], now: Date): TrustedClientCertificate {
  let first: unknown;
  let tried = 0;
  for (const chain of chainsOf(leaf, authorities)) {
    if (tried++ === MAX_PATHS) break;
    try {
      verifyCertificateChain(chain, now);
      assertForClients(chain);
      return { chain, validFrom: latest(chain.map(({ validFrom }) => validFrom)), validUntil: earliest(chain.map(({ validUntil }) => validUntil)) };
    } catch (error) {
      first ??= error;
    }
  }
  throw first ?? new CertificateError('not-trusted', 'no chain to an authority that we trust');
}

/** Every path by name; whether the signatures hold is found out for one path at a time. */
function* chainsOf(leaf: Certificate, authorities: readonly Certificate[]): Generator<CertificateChain> {
  const roots = authorities.filter((certificate) => isNamed(certificate.issuerName, certificate.subjectName));
  const between = authorities.filter((certificate) => !roots.includes(certificate));

  function* upFrom(last: Certificate, passed: readonly Certificate[]): Generator<CertificateChain> {
    for (const root of roots) if (isNamed(last.issuerName, root.subjectName)) yield chainOf(leaf, passed, root);
    if (passed.length + 2 >= MAX_CHAIN) return;
    for (const authority of between) if (isNamed(last.issuerName, authority.subjectName) && !passed.includes(authority)) yield* upFrom(authority, [...passed, authority]);
  }

  yield* upFrom(leaf, []);
}

function chainOf(leaf: Certificate, passed: readonly Certificate[], root: Certificate): CertificateChain {
  const [issuer = root, ...higher] = passed;
  return passed.length === 0 ? [leaf, root] : [leaf, issuer, ...higher, root];
}

function isNamed(issuerName: Uint8Array, subjectName: Uint8Array): boolean {
  return Buffer.from(issuerName).equals(subjectName);
}

/** The certificate says itself that it is for clients; an authority above it may limit what it vouches for. */
function assertForClients([leaf, ...above]: CertificateChain): void {
  const isMeant = leaf.extendedKeyUsage?.includes(clientAuth) === true && mayBeUsedFor(leaf, 'digitalSignature');
  const isAllowed = above.every(({ extendedKeyUsage }) => extendedKeyUsage === undefined || extendedKeyUsage.some((use) => use === clientAuth || use === anyUse));
  if (!isMeant || !isAllowed) throw new CertificateError('policy-mismatch', 'the certificate is not for clients');
}

function latest(dates: readonly Date[]): Date {
  return new Date(Math.max(...dates.map(Number)));
}

function earliest(dates: readonly Date[]): Date {
  return new Date(Math.min(...dates.map(Number)));
}
