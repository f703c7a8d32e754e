import { type VerificationKeys, verifyCompactJws } from '@anw/identity';
import { didOf } from '@anw/values';
import { CredentialError, type ParsedCredential, type VerifiedCredential } from './credential.js';
import { asCredentialError } from './credential-failures.js';

/** Clocks may differ by this much at most (RFC021; spec nuts-protocols S4). */
export const CLOCK_SKEW_SECONDS = 5;

export interface CredentialVerification {
  readonly keys: VerificationKeys;
  readonly now: Date;
  readonly skewSeconds?: number;
  /** For who only keeps it until then. Who acts on a credential never sets this. */
  readonly mayBeginLater?: boolean;
}

/**
 * Finds out whether a credential was signed by its issuer and is within its dates. Revocation is another question, for `CredentialStatuses`.
 * A self-attested credential has no signature of its own: only `verifyPresentation` can accept one.
 * @throws CredentialError
 */
export async function verifyCredential(credential: ParsedCredential, verification: CredentialVerification): Promise<VerifiedCredential> {
  if (typeof credential.raw !== 'string') throw new CredentialError('self-attested-not-accepted', 'a credential without signature counts only inside a presentation of its holder');
  await assertSignedByIssuer(credential.raw, credential, verification.keys);
  assertWithinDates(credential, verification);
  return credential as VerifiedCredential;
}

async function assertSignedByIssuer(jwt: string, { issuer }: ParsedCredential, keys: VerificationKeys): Promise<void> {
  const { kid } = await verifyCompactJws(jwt, keys, { typ: ['JWT'] }).catch((error: unknown) => {
    throw asCredentialError(error);
  });
  // "DID part of kid must equal issuer" (spec nuts-protocols §2.5); else anyone could sign in anyone's name.
  if (didOf(kid) !== issuer) throw new CredentialError('signature-invalid', 'signed with a key of someone other than the issuer');
}

/** "now + 5 s ≥ issuance and now − 5 s ≤ expiration" (spec nuts-protocols §2.5). @throws CredentialError `not-yet-valid` or `expired` */
export function assertWithinDates(
  credential: Pick<ParsedCredential, 'issuedAt' | 'expiresAt'>,
  { now, skewSeconds = CLOCK_SKEW_SECONDS, mayBeginLater = false }: Omit<CredentialVerification, 'keys'>,
): void {
  const skew = skewSeconds * 1000;
  if (!mayBeginLater && now.getTime() + skew < credential.issuedAt.getTime()) throw new CredentialError('not-yet-valid', `from ${credential.issuedAt.toISOString()}`);
  if (credential.expiresAt !== undefined && now.getTime() - skew > credential.expiresAt.getTime()) throw new CredentialError('expired', `until ${credential.expiresAt.toISOString()}`);
}
