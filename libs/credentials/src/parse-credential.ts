import { hasCertificates, isDidX509, type JwsAlgorithm, parseCertifiedJws, parseCompactJws, parseStrictJson } from '@anw/identity';
import { Did, DidUrl, didOf, fromEpochSeconds } from '@anw/values';
import { z } from 'zod';
import { contexts } from './contexts.js';
import { CredentialError, type ParsedCredential } from './credential.js';
import { asCredentialError, describeForm } from './credential-failures.js';
import { parseLinkedDataCredential } from './linked-data/parse-linked-data-credential.js';
import { wholeSeconds } from './whole-seconds.js';

/** RFC 7519 §2, whole seconds only (spec nuts-protocols §2.3), up to the year 9999. */
const NumericDate = z.int().min(0).max(253_402_300_799);

const Contexts = z.array(z.unknown()).min(1).max(20).refine((list) => list.includes(contexts.credentials));

/** `VerifiableCredential` and one specific type, in either order: a third is refused by every node (spec nuts-protocols §0.5 fact 4). */
const Types = z.tuple([z.string(), z.string()]).refine((types) => types[0] !== types[1] && types.includes('VerifiableCredential'));

const Claims = z.record(z.string(), z.unknown());

/** One subject, alone or in an array of one. */
const Subject = z.union([Claims, z.tuple([Claims]).transform(([claims]) => claims)]);

const StatusEntries = z.union([z.array(z.unknown()).max(10), Claims.transform((entry) => [entry])]);

/**
 * The `vc` claim. A member that we do not know could limit what the credential says, as `termsOfUse` does,
 * so it is refused rather than overlooked.
 */
const VcClaim = z.strictObject({
  '@context': Contexts,
  type: Types,
  credentialSubject: Subject,
  credentialStatus: StatusEntries.default([]),
  id: z.unknown().optional(),
  issuer: z.unknown().optional(),
  issuanceDate: z.unknown().optional(),
  expirationDate: z.iso.datetime({ offset: true }).optional(),
});

const JwtClaims = z.looseObject({
  iss: Did,
  sub: Did,
  jti: DidUrl,
  nbf: NumericDate,
  iat: NumericDate.optional(),
  exp: NumericDate.optional(),
  vc: VcClaim,
});
type JwtClaims = z.infer<typeof JwtClaims>;

const SelfAttested = z.strictObject({
  '@context': Contexts,
  id: DidUrl,
  type: Types,
  issuer: Did,
  issuanceDate: z.iso.datetime({ offset: true }),
  expirationDate: z.iso.datetime({ offset: true }).optional(),
  credentialSubject: Subject,
});

/**
 * Reads the form of a credential as it travels in a presentation: a compact JWT (spec nuts-protocols §2.2), an object with
 * a proof (§2.3), or one without that its holder attests herself (A13). It says nothing of its truth.
 * @throws CredentialError `malformed` or `unsupported-algorithm`
 */
export function parseCredential(raw: unknown): ParsedCredential {
  const credential = readCredential(raw);
  assertCoherent(credential);
  return credential;
}

function readCredential(raw: unknown): ParsedCredential {
  if (typeof raw === 'string') return parseJwtCredential(raw);
  return hasProof(raw) ? parseLinkedDataCredential(raw) : parseSelfAttested(raw);
}

function hasProof(raw: unknown): boolean {
  return typeof raw === 'object' && raw !== null && Object.hasOwn(raw, 'proof');
}

function parseJwtCredential(jwt: string): ParsedCredential {
  const { algorithm, payload } = readJwt(jwt);
  const read = JwtClaims.safeParse(payload);
  if (!read.success) throw new CredentialError('malformed', describeForm('credential', read.error));
  const claims = read.data;
  const expiresAt = expiryOf(claims);
  const credential = {
    id: claims.jti,
    type: specificType(claims.vc.type),
    issuer: claims.iss,
    subject: claims.sub,
    issuedAt: fromEpochSeconds(claims.nbf),
    ...(expiresAt !== undefined && { expiresAt }),
    // VC data model 1.1 §6.3.1: `sub` stands for the id of the subject, whatever is written inside.
    claims: { ...claims.vc.credentialSubject, id: claims.sub },
    status: claims.vc.credentialStatus,
    format: 'jwt_vc' as const,
    algorithm,
    raw: jwt,
  };
  return { ...credential, document: documentOf(credential, claims.vc) };
}

function readJwt(jwt: string): { readonly algorithm: JwsAlgorithm; readonly payload: unknown } {
  try {
    const { algorithm, payload } = hasCertificates(jwt) ? parseCertifiedJws(jwt) : parsePlainJws(jwt);
    return { algorithm, payload: parseStrictJson(payload) };
  } catch (error) {
    throw asCredentialError(error);
  }
}

function parsePlainJws(jwt: string): { readonly algorithm: JwsAlgorithm; readonly payload: Uint8Array } {
  const { header, payload } = parseCompactJws(jwt);
  return { algorithm: header.alg, payload };
}

/** `exp` overrides; an end that is written inside `vc` alone counts too, since a reader who overlooks it would trust too long. */
function expiryOf(claims: JwtClaims): Date | undefined {
  if (claims.exp !== undefined) return fromEpochSeconds(claims.exp);
  return claims.vc.expirationDate === undefined ? undefined : new Date(claims.vc.expirationDate);
}

function documentOf(credential: Omit<ParsedCredential, 'document'>, vc: JwtClaims['vc']): Readonly<Record<string, unknown>> {
  return {
    '@context': vc['@context'],
    id: credential.id,
    type: vc.type,
    issuer: credential.issuer,
    issuanceDate: wholeSeconds(credential.issuedAt),
    ...(credential.expiresAt !== undefined && { expirationDate: wholeSeconds(credential.expiresAt) }),
    credentialSubject: [credential.claims],
    ...(credential.status.length > 0 && { credentialStatus: credential.status }),
  };
}

function parseSelfAttested(raw: unknown): ParsedCredential {
  const read = SelfAttested.safeParse(raw);
  if (!read.success) throw new CredentialError('malformed', describeForm('self-attested credential', read.error));
  const { id, type, issuer, issuanceDate, expirationDate, credentialSubject } = read.data;
  const subject = Did.safeParse(credentialSubject['id']);
  if (!subject.success) throw new CredentialError('malformed', 'self-attested credential: subject without DID');
  const document = raw as Readonly<Record<string, unknown>>;
  return {
    id,
    type: specificType(type),
    issuer,
    subject: subject.data,
    issuedAt: new Date(issuanceDate),
    ...(expirationDate !== undefined && { expiresAt: new Date(expirationDate) }),
    claims: credentialSubject,
    status: [],
    format: 'self_attested',
    raw: document,
    document,
  };
}

/** "JWT format only; issuer method x509" (spec nuts-protocols §3.4). */
function isCertified({ type, raw }: Omit<ParsedCredential, 'document'>): boolean {
  const bringsCertificates = typeof raw === 'string' && hasCertificates(raw);
  if ((type === 'X509Credential') !== bringsCertificates) throw new CredentialError('malformed', 'an X509Credential brings its certificates, and nothing else does');
  return bringsCertificates;
}

function specificType(types: readonly [string, string]): string {
  return types[0] === 'VerifiableCredential' ? types[1] : types[0];
}

/** "The part before `#` must equal the issuer" (spec nuts-protocols §2.5): no issuer names credentials in the space of another. */
function assertCoherent(credential: Omit<ParsedCredential, 'document'>): void {
  if (isDidX509(credential.issuer) !== isCertified(credential)) throw new CredentialError('malformed', 'an X509Credential is issued by a did:x509, and nothing else is');
  if (didOf(credential.id) !== credential.issuer) throw new CredentialError('malformed', 'the id of the credential is not in the space of its issuer');
  if (credential.expiresAt !== undefined && credential.expiresAt <= credential.issuedAt) throw new CredentialError('malformed', 'the credential ends before it starts');
}
