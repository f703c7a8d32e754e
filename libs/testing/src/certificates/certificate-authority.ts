import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { webcrypto } from 'node:crypto';

export interface CertificatePair {
  readonly certificatePem: string;
  /** PKCS#8. */
  readonly privateKeyPem: string;
}

export interface CertificateRequest {
  readonly dnsNames: readonly string[];
  readonly ipAddresses?: readonly string[];
  readonly serverAuth?: boolean;
  readonly clientAuth?: boolean;
  /** Days of validity from now; negative makes one that has already ended. */
  readonly days: number;
  /** Where it says that the revocation list is. */
  readonly crlUrls?: readonly string[];
}

export interface IssuedCertificate extends CertificatePair {
  /** Lower-case hexadecimal, as a revocation list names it. */
  readonly serialNumber: string;
}

export interface AuthorityRequest {
  readonly name: string;
  readonly validDays: number;
  /** Authorities that may stand between this one and a certificate; none unless told otherwise. */
  readonly pathLength?: number;
  /** It vouches for servers and for nobody else. */
  readonly forServersOnly?: boolean;
  readonly crlUrls?: readonly string[];
}

export interface RevocationListRequest {
  readonly revoked: readonly Pick<IssuedCertificate, 'serialNumber'>[];
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date;
}

/** A private certificate authority of P-256 keys, for a region on one machine and for specs. */
export interface CertificateAuthority extends CertificatePair {
  issue(request: CertificateRequest): Promise<IssuedCertificate>;
  /** An authority below this one. */
  issueAuthority(request: AuthorityRequest): Promise<CertificateAuthority & IssuedCertificate>;
  /** DER, signed by this authority; for the hour around now unless told otherwise. */
  revocationList(request: RevocationListRequest): Promise<Uint8Array>;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

x509.cryptoProvider.set(webcrypto);

/** Makes a new authority with a self-signed root. */
export async function createCertificateAuthority(options: Omit<AuthorityRequest, 'crlUrls'>): Promise<CertificateAuthority> {
  const keys = await generateKeys();
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [options.name] }],
    ...validity(options.validDays),
    keys,
    signingAlgorithm: algorithm,
    extensions: await authorityExtensions(keys.publicKey, options),
  });
  return openCertificateAuthority({ certificatePem: root.toString('pem'), privateKeyPem: await exportPrivateKey(keys.privateKey) });
}

/** The authority that was made before and kept as PEM. */
export async function openCertificateAuthority(pair: CertificatePair): Promise<CertificateAuthority> {
  const root = new x509.X509Certificate(pair.certificatePem);
  const [privateKeyDer] = x509.PemConverter.decode(pair.privateKeyPem);
  if (privateKeyDer === undefined) throw new Error('private key of the certificate authority is no PEM');
  const signingKey = await webcrypto.subtle.importKey('pkcs8', privateKeyDer, algorithm, false, ['sign']);
  return {
    ...pair,
    issue: (request) => issue(root, signingKey, request),
    issueAuthority: (request) => issueAuthority(root, signingKey, request),
    revocationList: (request) => revocationList(root, signingKey, request),
  };
}

async function issue(root: x509.X509Certificate, signingKey: webcrypto.CryptoKey, request: CertificateRequest): Promise<IssuedCertificate> {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ CN: [request.dnsNames[0] ?? request.ipAddresses?.[0] ?? 'unnamed'] }],
    issuer: root.subject,
    ...validity(request.days),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension(extendedKeyUsages(request)),
      new x509.SubjectAlternativeNameExtension(alternativeNames(request)),
      await x509.AuthorityKeyIdentifierExtension.create(root),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ...distributionPoints(request.crlUrls),
    ],
  });
  return { certificatePem: certificate.toString('pem'), privateKeyPem: await exportPrivateKey(keys.privateKey), serialNumber: certificate.serialNumber };
}

async function issueAuthority(root: x509.X509Certificate, signingKey: webcrypto.CryptoKey, request: AuthorityRequest): Promise<CertificateAuthority & IssuedCertificate> {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ CN: [request.name] }],
    issuer: root.subject,
    ...validity(request.validDays),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: algorithm,
    extensions: [...(await authorityExtensions(keys.publicKey, request)), await x509.AuthorityKeyIdentifierExtension.create(root)],
  });
  const authority = await openCertificateAuthority({ certificatePem: certificate.toString('pem'), privateKeyPem: await exportPrivateKey(keys.privateKey) });
  return { ...authority, serialNumber: certificate.serialNumber };
}

async function revocationList(root: x509.X509Certificate, signingKey: webcrypto.CryptoKey, request: RevocationListRequest): Promise<Uint8Array> {
  const { revoked, thisUpdate = new Date(Date.now() - HOUR / 2), nextUpdate = new Date(Date.now() + HOUR / 2) } = request;
  const entries = revoked.map((certificate) => ({ serialNumber: certificate.serialNumber, revocationDate: thisUpdate }));
  const list = await x509.X509CrlGenerator.create({ issuer: root.subject, thisUpdate, nextUpdate, signingAlgorithm: algorithm, signingKey, entries });
  return new Uint8Array(list.rawData);
}

async function authorityExtensions(publicKey: webcrypto.CryptoKey, { pathLength = 0, forServersOnly = false, crlUrls }: Omit<AuthorityRequest, 'name'>): Promise<x509.Extension[]> {
  return [
    new x509.BasicConstraintsExtension(true, pathLength, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    await x509.SubjectKeyIdentifierExtension.create(publicKey),
    ...(forServersOnly ? [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth])] : []),
    ...distributionPoints(crlUrls),
  ];
}

function distributionPoints(urls: readonly string[] = []): x509.Extension[] {
  return urls.length === 0 ? [] : [new x509.CRLDistributionPointsExtension([...urls])];
}

function extendedKeyUsages(request: CertificateRequest): string[] {
  return [...(request.serverAuth ? [x509.ExtendedKeyUsage.serverAuth] : []), ...(request.clientAuth ? [x509.ExtendedKeyUsage.clientAuth] : [])];
}

function alternativeNames(request: CertificateRequest): x509.JsonGeneralNames {
  return [
    ...request.dnsNames.map((value) => ({ type: 'dns' as const, value })),
    ...(request.ipAddresses ?? []).map((value) => ({ type: 'ip' as const, value })),
  ];
}

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Starts a few minutes back, so that a machine whose clock lags a little accepts it. */
function validity(days: number): { notBefore: Date; notAfter: Date } {
  const notAfter = Date.now() + days * DAY;
  return { notBefore: new Date(Math.min(Date.now() - 5 * MINUTE, notAfter - DAY)), notAfter: new Date(notAfter) };
}

/** RFC 5280 §4.1.2.2: positive, at most 20 octets; random, so that two authorities never issue the same. */
function serialNumber(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  bytes[0] = (bytes[0]! & 0x7f) | 0x01;
  return Buffer.from(bytes).toString('hex');
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

async function exportPrivateKey(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}
