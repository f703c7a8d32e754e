import type { Did, DidUrl, ValidityPeriod } from '@anw/values';
import type { PartnerDoorFailure } from '../partners/partner-door-error.js';

/** "This regisseur may authorize this actor", as the custodian told the regisseur (design D11). */
export interface ReceivedRow {
  readonly actor: Did;
  readonly period: ValidityPeriod;
}

/** A delegation that a custodian gave this regisseur, fetched and verified (design D11). */
export interface ReceivedDelegation {
  readonly id: DidUrl;
  readonly custodian: Did;
  readonly actors: readonly Did[];
  readonly maxAuthorizationSeconds: number;
  readonly period: ValidityPeriod;
  /** Compact JWT, as received. */
  readonly jwt: string;
  readonly fetchedAt: Date;
}

/** What a regisseur knows of its rows at one custodian, and since when. */
export interface ReceivedAllowlist {
  readonly custodian: Did;
  readonly rows: readonly ReceivedRow[];
  /** Absent when the custodian gives none, or one that does not hold; then nothing can be sent. */
  readonly delegation?: ReceivedDelegation;
  /** When the question was asked that this answers; absent as long as the custodian gave no answer. */
  readonly fetchedAt?: Date;
  readonly attemptedAt?: Date;
  /** Why the last attempt brought nothing new. `refused` is an answer: then there are no rows. */
  readonly failure?: PartnerDoorFailure;
  /** When the custodian last said that its rows changed. */
  readonly toldAt?: Date;
}

/** What came of asking a custodian for its rows. */
export type AllowlistAnswer = Omit<ReceivedAllowlist, 'toldAt'>;

/** The allowlists that custodians gave one regisseur. */
export interface ReceivedAllowlistStore {
  /** An answer that was overtaken on its way puts nothing older back; one without rows to offer (a failure) leaves those that are known. */
  saveAnswer(answer: AllowlistAnswer): Promise<void>;
  /** What was fetched before this moment no longer counts as fresh. */
  markTold(custodian: Did, at: Date): Promise<void>;
  findAllowlistOf(custodian: Did): Promise<ReceivedAllowlist | undefined>;
  listAllowlists(): Promise<readonly ReceivedAllowlist[]>;
}

/** Seconds since the custodian last answered. */
export function ageSeconds({ fetchedAt }: Pick<ReceivedAllowlist, 'fetchedAt'>, now: Date): number | undefined {
  return fetchedAt && Math.max(0, Math.floor((now.getTime() - fetchedAt.getTime()) / 1000));
}

/** Whether rows can still be relied on: not older than the maximum, and not from before the custodian said that they changed. */
export function isFresh(allowlist: ReceivedAllowlist, now: Date, maxAgeSeconds: number): boolean {
  const { fetchedAt, toldAt } = allowlist;
  if (fetchedAt === undefined || (toldAt !== undefined && fetchedAt < toldAt)) return false;
  return now.getTime() - fetchedAt.getTime() <= maxAgeSeconds * 1000;
}

/** How long a custodian that gave no answer is left alone. */
const RETRY_SECONDS = 30;

/** Whether to ask the custodian again: it said that its rows changed, the last attempt failed a while ago, or the interval is over. */
export function isDue(allowlist: ReceivedAllowlist | undefined, now: Date, refreshSeconds: number): boolean {
  if (allowlist === undefined) return true;
  const { fetchedAt, attemptedAt = fetchedAt, failure } = allowlist;
  const secondsSinceAttempt = attemptedAt === undefined ? Infinity : (now.getTime() - attemptedAt.getTime()) / 1000;
  if (failure !== undefined && failure !== 'refused') return secondsSinceAttempt >= Math.min(RETRY_SECONDS, refreshSeconds);
  return !isFresh(allowlist, now, refreshSeconds);
}
