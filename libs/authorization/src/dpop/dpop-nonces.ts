import type { Clock } from '@anw/values';
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Nonces that a server supplies (RFC 9449 §8): they tell that a proof was made now, whatever the caller's clock says. */
export interface DpopNonces {
  /** The one to use now. */
  current(): string;
  /** Whether it is one of ours, of now or of just before. */
  accepts(nonce: string): boolean;
}

export interface DpopNoncesOptions {
  /** The same in every replica; 32 bytes. */
  readonly key: Uint8Array;
  readonly clock: Clock;
}

/** A nonce counts for two to four minutes: the period it was given in, and the next. */
const PERIOD_MILLISECONDS = 120_000;

/**
 * Nonces by the clock, under a key: every replica makes and knows the same, and nothing has to be kept. That a proof is
 * shown once is the replay store's concern.
 */
export function createDpopNonces({ key, clock }: DpopNoncesOptions): DpopNonces {
  const nonceOf = (period: number) => createHmac('sha256', key).update(`dpop nonce ${period}`).digest('base64url');
  const periodNow = () => Math.floor(clock().getTime() / PERIOD_MILLISECONDS);
  return {
    current: () => nonceOf(periodNow()),
    accepts: (nonce) => [periodNow(), periodNow() - 1].some((period) => isSame(nonce, nonceOf(period))),
  };
}

function isSame(shown: string, known: string): boolean {
  const [a, b] = [Buffer.from(shown), Buffer.from(known)];
  return a.length === b.length && timingSafeEqual(a, b);
}
