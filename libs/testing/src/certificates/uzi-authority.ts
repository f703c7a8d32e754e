import 'reflect-metadata';
import { AsnConvert } from '@peculiar/asn1-schema';
import { AttributeValue, GeneralName, OtherName, SubjectAlternativeName } from '@peculiar/asn1-x509';
import * as x509 from '@peculiar/x509';
import { createHash, createPrivateKey, type KeyObject, webcrypto } from 'node:crypto';

/** What a certificate of the UZI-register says of an organisation. */
export interface UziSubject {
  readonly name: string;
  readonly city: string;
  /** Number of the subscriber, 8 digits. */
  readonly ura: string;
}

export interface UziCertificate {
  /** For `x5c`: base64 of DER, leaf first. */
  readonly x5c: readonly string[];
  readonly privateKey: KeyObject;
  readonly algorithm: 'PS256' | 'ES256';
  /** Value of the SAN otherName. */
  readonly otherName: string;
  readonly serialNumber: string;
  readonly subject: UziSubject;
}

export interface UziCertificateRequest extends UziSubject {
  /** ES256 unless asked otherwise: an RSA key takes long to make. */
  readonly algorithm?: 'PS256' | 'ES256';
  readonly validFrom?: Date;
  readonly validUntil?: Date;
  /** Else for encryption only. */
  readonly forSigning?: boolean;
  readonly isAuthority?: boolean;
  readonly withCrl?: boolean;
  readonly critical?: boolean;
}

/** A made-up register in the shape of the UZI-register: a root, an authority below it, and certificates of organisations. */
export interface UziAuthority {
  /** Of the root, as a did:x509 names it. */
  readonly fingerprint: string;
  readonly rootPem: string;
  /** Where certificates say that the revocation lists are. */
  readonly crlUrls: { readonly root: string; readonly issuing: string };
  issue(request: UziCertificateRequest): Promise<UziCertificate>;
  /** The lists by URL, DER; signed anew at each call. */
  revocationList(url: string, change?: RevocationListChange): Promise<Uint8Array | undefined>;
  /** Takes a certificate of an organisation back. */
  revoke(certificate: Pick<UziCertificate, 'serialNumber'>): void;
  /** Takes the authority below the root back. */
  revokeIssuing(): void;
}

export interface RevocationListChange {
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date;
  /** Signed by the root in place of the authority that it is about, or the other way round. */
  readonly byOther?: boolean;
}

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 };
const DAY = 86_400_000;

x509.cryptoProvider.set(webcrypto);

/**
 * @param now middle of everything's validity: a year before and after it
 * @param crlBase where certificates say that the revocation lists are
 */
export async function createUziAuthority(now: Date, crlBase = 'http://crl.uzi.example'): Promise<UziAuthority> {
  const crlUrls = { root: `${crlBase}/root.crl`, issuing: `${crlBase}/server.crl` };
  const validity = { notBefore: new Date(now.getTime() - 365 * DAY), notAfter: new Date(now.getTime() + 365 * DAY) };
  const rootKeys = await webcrypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
  const root = await x509.X509CertificateGenerator.createSelfSigned({ serialNumber: '01', name: [{ C: ['NL'] }, { CN: ['Proef Zorg CSP Root'] }], ...validity, keys: rootKeys, signingAlgorithm: ecdsa, extensions: authorityExtensions(1) });
  const issuingKeys = await webcrypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
  const issuing = await x509.X509CertificateGenerator.create({
    serialNumber: '02', subject: [{ C: ['NL'] }, { CN: ['Proef UZI-register Server CA'] }], issuer: root.subject, ...validity, publicKey: issuingKeys.publicKey, signingKey: rootKeys.privateKey, signingAlgorithm: ecdsa,
    extensions: [...authorityExtensions(0), new x509.CRLDistributionPointsExtension([crlUrls.root])],
  });
  const revoked = { root: new Set<string>(), issuing: new Set<string>() };

  async function issue(request: UziCertificateRequest): Promise<UziCertificate> {
    const algorithm = request.algorithm ?? 'ES256';
    const keys = await webcrypto.subtle.generateKey(algorithm === 'PS256' ? rsa : ecdsa, true, ['sign', 'verify']);
    const otherName = `2.16.528.1.1007.99.2110-1-900021287-S-${request.ura}-00.000-01234567`;
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: newSerialNumber(),
      subject: [{ C: ['NL'] }, { L: [request.city] }, { O: [request.name] }, { CN: [`${request.name} systeem`] }],
      issuer: issuing.subject,
      notBefore: request.validFrom ?? validity.notBefore,
      notAfter: request.validUntil ?? validity.notAfter,
      publicKey: keys.publicKey,
      signingKey: issuingKeys.privateKey,
      signingAlgorithm: ecdsa,
      extensions: [
        new x509.BasicConstraintsExtension(request.isAuthority ?? false, undefined, true),
        new x509.KeyUsagesExtension(request.forSigning === false ? x509.KeyUsageFlags.keyEncipherment : x509.KeyUsageFlags.digitalSignature, true),
        uziName(otherName),
        ...(request.withCrl === false ? [] : [new x509.CRLDistributionPointsExtension([crlUrls.issuing])]),
        ...(request.critical ? [new x509.Extension('1.2.3.4', true, new Uint8Array([5, 0]))] : []),
      ],
    });
    const { name, city, ura } = request;
    return {
      x5c: [certificate, issuing, root].map(({ rawData }) => Buffer.from(rawData).toString('base64')),
      privateKey: createPrivateKey({ key: Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)), format: 'der', type: 'pkcs8' }),
      algorithm,
      otherName,
      serialNumber: certificate.serialNumber,
      subject: { name, city, ura },
    };
  }

  async function revocationList(url: string, { thisUpdate = new Date(now.getTime() - DAY), nextUpdate = new Date(now.getTime() + DAY), byOther = false }: RevocationListChange = {}): Promise<Uint8Array | undefined> {
    const which = url === crlUrls.root ? 'root' : url === crlUrls.issuing ? 'issuing' : undefined;
    if (which === undefined) return undefined;
    const list = await x509.X509CrlGenerator.create({
      issuer: (which === 'root' ? root : issuing).subject,
      thisUpdate,
      nextUpdate,
      signingAlgorithm: ecdsa,
      signingKey: ((which === 'root') === byOther ? issuingKeys : rootKeys).privateKey,
      entries: [...revoked[which]].map((serialNumber) => ({ serialNumber, revocationDate: thisUpdate, reason: x509.X509CrlReason.keyCompromise })),
    });
    return new Uint8Array(list.rawData);
  }

  return {
    fingerprint: createHash('sha256').update(new Uint8Array(root.rawData)).digest('base64url'),
    rootPem: root.toString('pem'),
    crlUrls,
    issue,
    revocationList,
    revoke: ({ serialNumber }) => void revoked.issuing.add(serialNumber),
    revokeIssuing: () => void revoked.root.add('02'),
  };
}

function authorityExtensions(pathLength: number): x509.Extension[] {
  return [new x509.BasicConstraintsExtension(true, pathLength, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true)];
}

/** RFC 5280 §4.1.2.2: positive, at most 20 octets. */
function newSerialNumber(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  bytes[0] = (bytes[0]! & 0x3f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}

function uziName(otherName: string): x509.Extension {
  const value = AsnConvert.serialize(new AttributeValue({ ia5String: otherName }));
  const names = new SubjectAlternativeName([new GeneralName({ otherName: new OtherName({ typeId: '2.5.5.5', value }) })]);
  return new x509.Extension('2.5.29.17', false, AsnConvert.serialize(names));
}
