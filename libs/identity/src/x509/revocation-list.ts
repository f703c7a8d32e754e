import { CertificateList, IssuingDistributionPoint } from '@peculiar/asn1-x509';
import { constants, verify } from 'node:crypto';
import { tryParse } from './asn1.js';
import { type Certificate, mayBeUsedFor, nameBytes } from './certificate.js';

/** A certificate revocation list whose form has been read (RFC 5280 §5.1). */
export interface CertificateRevocationList {
  readonly issuerName: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** Serial numbers in lower-case hexadecimal. */
  readonly revoked: ReadonlySet<string>;
  /** What the list is limited to, of what is critical in it. */
  readonly scope: { readonly urls: readonly string[]; readonly usersOnly: boolean; readonly authoritiesOnly: boolean };
  readonly signed: { readonly bytes: Uint8Array; readonly signature: Uint8Array; readonly algorithm: string };
}

const issuingDistributionPoint = '2.5.29.28';

/** Digest by signature algorithm; RSASSA-PSS and older digests are not read. */
const digests: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};

/** Reads a complete list from DER; undefined when it is none, has no end, or holds something critical that we do not process. */
export function parseRevocationList(der: Uint8Array): CertificateRevocationList | undefined {
  const parsed = tryParse(Buffer.from(der), CertificateList);
  const tbs = parsed?.tbsCertList;
  if (parsed?.tbsCertListRaw === undefined || tbs?.nextUpdate === undefined) return undefined;
  const scope = scopeOf(tbs.crlExtensions ?? []);
  // An entry with something critical in it speaks of another issuer, or in another sense.
  const isPlain = (tbs.revokedCertificates ?? []).every(({ crlEntryExtensions = [] }) => !crlEntryExtensions.some(({ critical }) => critical));
  if (scope === undefined || !isPlain) return undefined;
  return {
    issuerName: nameBytes(tbs.issuer),
    thisUpdate: tbs.thisUpdate.getTime(),
    nextUpdate: tbs.nextUpdate.getTime(),
    revoked: new Set((tbs.revokedCertificates ?? []).map(({ userCertificate }) => Buffer.from(userCertificate).toString('hex'))),
    scope,
    signed: { bytes: new Uint8Array(parsed.tbsCertListRaw), signature: new Uint8Array(parsed.signature), algorithm: parsed.signatureAlgorithm.algorithm },
  };
}

type Extensions = NonNullable<CertificateList['tbsCertList']['crlExtensions']>;

function scopeOf(extensions: Extensions): CertificateRevocationList['scope'] | undefined {
  if (extensions.some(({ critical, extnID }) => critical && extnID !== issuingDistributionPoint)) return undefined;
  const extension = extensions.find(({ extnID }) => extnID === issuingDistributionPoint);
  if (extension === undefined) return { urls: [], usersOnly: false, authoritiesOnly: false };
  const point = tryParse(extension.extnValue.buffer, IssuingDistributionPoint);
  if (point === undefined || point.indirectCRL || point.onlyContainsAttributeCerts || point.onlySomeReasons !== undefined) return undefined;
  const urls = (point.distributionPoint?.fullName ?? []).flatMap(({ uniformResourceIdentifier }) => uniformResourceIdentifier ?? []);
  if (point.distributionPoint !== undefined && urls.length === 0) return undefined;
  return { urls, usersOnly: point.onlyContainsUserCerts, authoritiesOnly: point.onlyContainsCACerts };
}

export interface RevocationListVerification {
  /** Where it was fetched. */
  readonly url: string;
  readonly issuer: Certificate;
  /** Whether it is to speak of an authority's certificate. */
  readonly ofAuthority: boolean;
}

/** Whether this is the list of that issuer that covers the certificate (RFC 5280 §6.3.3), of whatever date. */
export function verifyRevocationList(list: CertificateRevocationList, { url, issuer, ofAuthority }: RevocationListVerification): boolean {
  if (ofAuthority ? list.scope.usersOnly : list.scope.authoritiesOnly) return false;
  if (list.scope.urls.length > 0 && !list.scope.urls.includes(url)) return false;
  return Buffer.from(list.issuerName).equals(issuer.subjectName) && mayBeUsedFor(issuer, 'cRLSign') && isSignedBy(list, issuer);
}

function isSignedBy({ signed }: CertificateRevocationList, { x509: { publicKey } }: Certificate): boolean {
  const digest = digests[signed.algorithm];
  if (digest === undefined) return false;
  const key = publicKey.asymmetricKeyType === 'rsa' ? { key: publicKey, padding: constants.RSA_PKCS1_PADDING } : { key: publicKey, dsaEncoding: 'der' as const };
  return verify(digest, signed.bytes, key, signed.signature);
}
