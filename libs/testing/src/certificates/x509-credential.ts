import { encodeDidX509Value } from '@anw/identity';
import { Did } from '@anw/values';
import { constants, createHash, randomUUID, sign } from 'node:crypto';
import type { UziAuthority, UziCertificate } from './uzi-authority.js';

export interface X509CredentialToIssue {
  readonly authority: Pick<UziAuthority, 'fingerprint'>;
  readonly certificate: UziCertificate;
  /** Whom it is about: the organisation's did:web. */
  readonly organisation: Did;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly issuer?: string;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** The did:x509 of a certificate, with UZI name, name and place (spec nuts-protocols §3.4). */
export function didX509Of({ fingerprint }: Pick<UziAuthority, 'fingerprint'>, { otherName, subject }: UziCertificate): Did {
  const [san, name, city] = [otherName, subject.name, subject.city].map(encodeDidX509Value);
  return Did.parse(`did:x509:0:sha256:${fingerprint}::san:otherName:${san}::subject:O:${name}:L:${city}`);
}

/** An `X509Credential` as the toolkits of the field issue it, signed with the certificate's key. */
export function issueX509Credential(options: X509CredentialToIssue): string {
  const { authority, certificate, organisation, validFrom, validUntil, issuer = didX509Of(authority, certificate) } = options;
  const { otherName, subject, x5c, algorithm } = certificate;
  const header = { typ: 'JWT', alg: algorithm, kid: `${issuer}#0`, x5c, 'x5t#S256': createHash('sha256').update(Buffer.from(x5c[0]!, 'base64')).digest('base64url'), ...options.header };
  const payload = {
    iss: issuer,
    sub: organisation,
    jti: `${issuer}#${randomUUID()}`,
    nbf: Math.floor(validFrom.getTime() / 1000),
    exp: Math.floor(validUntil.getTime() / 1000),
    vc: {
      '@context': ['https://www.w3.org/2018/credentials/v1'],
      type: ['VerifiableCredential', 'X509Credential'],
      credentialSubject: [{ id: organisation, san: { otherName }, subject: { O: subject.name, L: subject.city }, ...options.claims }],
    },
    ...options.payload,
  };
  const signingInput = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signingInput}.${signatureOf(signingInput, certificate).toString('base64url')}`;
}

function signatureOf(signingInput: string, { algorithm, privateKey: key }: UziCertificate): Buffer {
  return algorithm === 'ES256'
    ? sign('sha256', Buffer.from(signingInput), { key, dsaEncoding: 'ieee-p1363' })
    : sign('sha256', Buffer.from(signingInput), { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST });
}
