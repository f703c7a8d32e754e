import { type CertificateTrust, type VerificationKeys, verifyCompactJws } from '@anw/identity';
import { CredentialError, type CredentialType, type ParsedCredential, type VerifiedCredential } from '../credential.js';
import { asCredentialError } from '../credential-failures.js';
import { type CredentialVerification, verifyCredential } from '../verify-credential.js';
import { assertWithinDates, CLOCK_SKEW_SECONDS } from '../within-dates.js';
import type { NonceStore, ParsedAssertion, ParsedPresentation, PresentationFacts, VerifiedPresentation } from './presentation.js';

/** "exp − nbf ≤ 5 s" (RFC021; spec nuts-protocols A12). */
export const MAX_PRESENTATION_SECONDS = 5;

/** The one type that a holder may attest herself (spec nuts-protocols S2). */
const selfAttestedType = 'NutsEmployeeCredential';

export interface PresentationVerification {
  /** Our OAuth issuer; the presentation must be meant for it. */
  readonly audience: string;
  readonly keys: VerificationKeys;
  readonly nonces: NonceStore;
  /** Authorities whose certificates may vouch for an organisation; without them no `X509Credential` is accepted. */
  readonly certificates?: CertificateTrust;
  readonly now: Date;
  readonly skewSeconds?: number;
  /**
   * Types of signed credentials whose dates the caller judges itself, and then must: a shift that has ended is an answer, not
   * a broken message. Of every other type a credential outside its dates refuses the whole presentation.
   */
  readonly datesJudgedByCaller?: readonly CredentialType[];
}

/** `verifyAssertion` for a presentation by itself. @throws CredentialError */
export function verifyPresentation(presentation: ParsedPresentation, verification: PresentationVerification): Promise<VerifiedPresentation> {
  return verifyAssertion({ form: 'single', presentations: [presentation] }, verification);
}

/**
 * Finds out whether each presentation is meant for us, is of this moment, was signed by the holder of every credential in
 * it, and was not seen before; and verifies each credential itself, since the holder's signature says nothing of theirs.
 *
 * Several presentations have one holder, and are signed with one key of it: "signer = subject of all VCs, same over all
 * VPs" (spec nuts-protocols §4.5 row 7). So nobody joins a colleague's credentials to her own, and the key that a DPoP
 * proof has to be of is a single one. Nonces are spent last, so that no one but the holder can spend one.
 * @throws CredentialError
 */
export async function verifyAssertion({ form, presentations }: ParsedAssertion, verification: PresentationVerification): Promise<VerifiedPresentation> {
  const [{ holder, kid }] = presentations;
  if (!presentations.every((other) => other.kid === kid)) throw new CredentialError('holder-mismatch', 'the presentations are not signed with one key');
  const verified: VerifiedCredential[][] = [];
  for (const presentation of presentations) verified.push(await verifyUnspent(presentation, verification));
  for (const presentation of presentations) await spendNonce(presentation, verification.nonces, verification.skewSeconds ?? CLOCK_SKEW_SECONDS);
  const facts: PresentationFacts = { holder, kid, credentials: verified.flat(), ...(form === 'array' && { sizes: verified.map(({ length }) => length) }) };
  return facts as VerifiedPresentation;
}

/** All but its being new. */
async function verifyUnspent(presentation: ParsedPresentation, { audience, keys, certificates, now, skewSeconds = CLOCK_SKEW_SECONDS, datesJudgedByCaller = [] }: PresentationVerification): Promise<VerifiedCredential[]> {
  assertMeantFor(presentation, audience);
  assertOfThisMoment(presentation, now, skewSeconds);
  assertOneHolder(presentation);
  await assertSignedByHolder(presentation, keys);
  return Promise.all(
    presentation.credentials.map((credential) => {
      const isLeft = credential.format !== 'self_attested' && datesJudgedByCaller.some((type) => type === credential.type);
      const at = isLeft ? withinPeriod(credential, now) : now;
      return verifyPresented(credential, presentation, { keys, ...(certificates && { certificates }), now: at, skewSeconds });
    }),
  );
}

/** "aud string or array contains our issuer" (spec nuts-protocols A11), byte for byte. */
function assertMeantFor({ audience }: ParsedPresentation, own: string): void {
  if (!audience.includes(own)) throw new CredentialError('wrong-audience', 'the presentation is meant for someone else');
}

/** "Accept nbf up to 5 s in the future, exp up to 5 s in the past; require exp − nbf ≤ 5" (spec nuts-protocols A12). */
function assertOfThisMoment(presentation: ParsedPresentation, now: Date, skewSeconds: number): void {
  const { notBefore, expiresAt } = presentation;
  if (expiresAt <= notBefore) throw new CredentialError('malformed', 'the presentation ends before it starts');
  if (expiresAt.getTime() - notBefore.getTime() > MAX_PRESENTATION_SECONDS * 1000) throw new CredentialError('lives-too-long', `more than ${MAX_PRESENTATION_SECONDS} s`);
  assertWithinDates({ issuedAt: notBefore, expiresAt }, { now, skewSeconds });
}

/** "iss = sub = holder DID = subject of every VC; kid a DID URL of iss" (RFC021; spec nuts-protocols §4.4). */
function assertOneHolder({ holder, namedHolders, credentials }: ParsedPresentation): void {
  if (!namedHolders.every((name) => name === holder)) throw new CredentialError('holder-mismatch', 'the presentation names a holder other than its signer');
  if (!credentials.every((credential) => credential.subject === holder)) throw new CredentialError('holder-mismatch', 'a credential is about someone other than the signer');
}

async function assertSignedByHolder({ jwt }: ParsedPresentation, keys: VerificationKeys): Promise<void> {
  await verifyCompactJws(jwt, keys, { typ: ['JWT'] }).catch((error: unknown) => {
    throw asCredentialError(error);
  });
}

/** The moment of the credential's own period that lies nearest to now: what its signature is verified as of. */
function withinPeriod({ issuedAt, expiresAt }: ParsedCredential, now: Date): Date {
  if (now < issuedAt) return issuedAt;
  return expiresAt !== undefined && now > expiresAt ? expiresAt : now;
}

async function verifyPresented(credential: ParsedCredential, presentation: ParsedPresentation, verification: CredentialVerification): Promise<VerifiedCredential> {
  if (credential.format !== 'self_attested') return verifyCredential(credential, verification);
  assertAttestedByHolder(credential, presentation);
  assertWithinDates(credential, verification);
  return credential as VerifiedCredential;
}

/** "Unsigned VC object whose issuer = holder is a self-attested VC" (spec nuts-protocols A13); its subject is the holder by then. */
function assertAttestedByHolder(credential: ParsedCredential, { holder }: ParsedPresentation): void {
  if (credential.type !== selfAttestedType) throw new CredentialError('self-attested-not-accepted', 'this type needs the signature of its issuer');
  if (credential.issuer !== holder) throw new CredentialError('self-attested-not-accepted', 'attested in the name of someone other than the holder');
}

/** Remembered until no clock within the skew can take the presentation for valid: longer than RFC021's 10 s from its making. */
async function spendNonce({ holder, nonce, expiresAt }: ParsedPresentation, nonces: NonceStore, skewSeconds: number): Promise<void> {
  const forgetAfter = new Date(expiresAt.getTime() + (2 * skewSeconds + MAX_PRESENTATION_SECONDS) * 1000);
  if (!(await nonces.useNonce(holder, nonce, forgetAfter))) throw new CredentialError('replayed', 'this holder has used the nonce before');
}
