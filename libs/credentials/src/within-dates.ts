import { CredentialError, type ParsedCredential } from './credential.js';

/** Clocks may differ by this much at most (RFC021; spec nuts-protocols S4). */
export const CLOCK_SKEW_SECONDS = 5;

export interface Moment {
  readonly now: Date;
  readonly skewSeconds?: number;
  /** For who only keeps it until then. Who acts on a credential never sets this. */
  readonly mayBeginLater?: boolean;
}

/** "now + 5 s ≥ issuance and now − 5 s ≤ expiration" (spec nuts-protocols §2.5). @throws CredentialError `not-yet-valid` or `expired` */
export function assertWithinDates(
  credential: Pick<ParsedCredential, 'issuedAt' | 'expiresAt'>,
  { now, skewSeconds = CLOCK_SKEW_SECONDS, mayBeginLater = false }: Moment,
): void {
  const skew = skewSeconds * 1000;
  if (!mayBeginLater && now.getTime() + skew < credential.issuedAt.getTime()) throw new CredentialError('not-yet-valid', `from ${credential.issuedAt.toISOString()}`);
  if (credential.expiresAt !== undefined && now.getTime() - skew > credential.expiresAt.getTime()) throw new CredentialError('expired', `until ${credential.expiresAt.toISOString()}`);
}
