import { AsnConvert } from '@peculiar/asn1-schema';
import { BasicConstraints, Certificate as AsnCertificate, CRLDistributionPoints, ExtendedKeyUsage, type Extension, KeyUsage, KeyUsageFlags, type Name, SubjectAlternativeName } from '@peculiar/asn1-x509';
import { createHash, X509Certificate } from 'node:crypto';
import { textOf, tryParse } from './asn1.js';
import { CertificateError } from './certificate-error.js';
import type { DidX509PolicyName } from './did-x509.js';

/** An X.509 certificate as far as the bolt reads it (RFC 5280 §4). Nothing is known of its truth. */
export interface Certificate {
  readonly x509: X509Certificate;
  /** SHA-256 over the DER, base64url. */
  readonly fingerprint: string;
  /** Lower-case hexadecimal. */
  readonly serialNumber: string;
  readonly subjectName: Uint8Array;
  readonly issuerName: Uint8Array;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly isAuthority: boolean;
  readonly pathLength?: number;
  /** Absent when the certificate limits nothing. */
  readonly keyUsage?: number;
  /** Object identifiers; absent when the certificate limits nothing. */
  readonly extendedKeyUsage?: readonly string[];
  readonly crlUrls: readonly string[];
  /** A critical extension is one that we do not process: "MUST reject" (RFC 5280 §4.2). Constraints on names count as critical however they are marked. */
  readonly hasUnknownCriticalExtension: boolean;
  readonly signatureAlgorithm: string;
  /** Values by policy and attribute, with the names of a did:x509. */
  readonly attributes: Readonly<Record<DidX509PolicyName, ReadonlyMap<string, readonly string[]>>>;
}

const oid = { basicConstraints: '2.5.29.19', keyUsage: '2.5.29.15', subjectAltName: '2.5.29.17', crlDistributionPoints: '2.5.29.31', extKeyUsage: '2.5.29.37', certificatePolicies: '2.5.29.32' } as const;
const processed: readonly string[] = Object.values(oid);
const nameConstraints = '2.5.29.30';

/** Value of an `otherName` in the certificates of the Dutch care sector (UZI-register). */
const uziOtherName = '2.5.5.5';

const subjectAttributes: Readonly<Record<string, string>> = {
  '2.5.4.5': 'serialNumber',
  '2.5.4.3': 'CN',
  '2.5.4.7': 'L',
  '2.5.4.6': 'C',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
};

/** Reads the form of a certificate from DER. @throws CertificateError `malformed` */
export function parseCertificate(der: Uint8Array): Certificate {
  const parsed = tryParse(Buffer.from(der), AsnCertificate);
  if (parsed === undefined) throw new CertificateError('malformed', 'no certificate');
  const { tbsCertificate, signatureAlgorithm } = parsed;
  const extensions = tbsCertificate.extensions ?? [];
  if (new Set(extensions.map(({ extnID }) => extnID)).size !== extensions.length) throw new CertificateError('malformed', 'an extension occurs twice');
  const constraints = read(extensions, oid.basicConstraints, BasicConstraints);
  const keyUsage = read(extensions, oid.keyUsage, KeyUsage)?.toNumber();
  const extendedKeyUsage = read(extensions, oid.extKeyUsage, ExtendedKeyUsage);
  const pathLength = constraints?.pathLenConstraint;
  return {
    x509: readX509(der),
    fingerprint: createHash('sha256').update(der).digest('base64url'),
    serialNumber: Buffer.from(tbsCertificate.serialNumber).toString('hex'),
    subjectName: nameBytes(tbsCertificate.subject),
    issuerName: nameBytes(tbsCertificate.issuer),
    validFrom: tbsCertificate.validity.notBefore.getTime(),
    validUntil: tbsCertificate.validity.notAfter.getTime(),
    isAuthority: constraints?.cA === true,
    ...(pathLength !== undefined && { pathLength }),
    ...(keyUsage !== undefined && { keyUsage }),
    ...(extendedKeyUsage !== undefined && { extendedKeyUsage: [...extendedKeyUsage] }),
    crlUrls: crlUrlsOf(extensions),
    hasUnknownCriticalExtension: extensions.some(({ critical, extnID }) => (critical && !processed.includes(extnID)) || extnID === nameConstraints),
    signatureAlgorithm: signatureAlgorithm.algorithm,
    attributes: { subject: subjectOf(tbsCertificate.subject), san: alternativeNamesOf(extensions) },
  };
}

export function mayBeUsedFor({ keyUsage }: Certificate, use: 'digitalSignature' | 'keyCertSign' | 'cRLSign'): boolean {
  return keyUsage === undefined || (keyUsage & KeyUsageFlags[use]) !== 0;
}

/** What stands behind a certificate would give it another fingerprint while it means the same. */
function readX509(der: Uint8Array): X509Certificate {
  const certificate = tryReadX509(der);
  if (certificate.raw.length !== der.length) throw new CertificateError('malformed', 'something stands behind the certificate');
  return certificate;
}

function tryReadX509(der: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(der);
  } catch (cause) {
    throw new CertificateError('malformed', 'no certificate', { cause });
  }
}

function read<T>(extensions: readonly Extension[], id: string, type: new () => T): T | undefined {
  const extension = extensions.find(({ extnID }) => extnID === id);
  if (extension === undefined) return undefined;
  const value = tryParse(extension.extnValue.buffer, type);
  if (value === undefined) throw new CertificateError('malformed', `extension ${id}`);
  return value;
}

export function nameBytes(name: Name): Uint8Array {
  return new Uint8Array(AsnConvert.serialize(name));
}

function crlUrlsOf(extensions: readonly Extension[]): readonly string[] {
  const points = read(extensions, oid.crlDistributionPoints, CRLDistributionPoints) ?? [];
  return points.flatMap(({ distributionPoint }) => (distributionPoint?.fullName ?? []).flatMap(({ uniformResourceIdentifier }) => uniformResourceIdentifier ?? []));
}

function subjectOf(name: Name): ReadonlyMap<string, readonly string[]> {
  const pairs = name.flatMap((relative) => [...relative].map(({ type, value }) => [subjectAttributes[type], textOf(value)] as const));
  return collect(pairs);
}

function alternativeNamesOf(extensions: readonly Extension[]): ReadonlyMap<string, readonly string[]> {
  const names = read(extensions, oid.subjectAltName, SubjectAlternativeName) ?? [];
  return collect(
    names.flatMap(({ dNSName, rfc822Name, iPAddress, otherName }) => [
      ['dns', dNSName],
      ['email', rfc822Name],
      ['ip', iPAddress],
      ['otherName', otherName?.typeId === uziOtherName ? textOf(otherName.value) : undefined],
    ]),
  );
}

function collect(pairs: readonly (readonly (string | undefined)[])[]): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const [key, value] of pairs) if (key !== undefined && value !== undefined) values.set(key, [...(values.get(key) ?? []), value]);
  return values;
}
