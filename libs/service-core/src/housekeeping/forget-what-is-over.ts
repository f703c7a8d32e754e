import { deleteExpiredTokensEverywhere, deleteOldDecisionsEverywhere, deleteOldDpopReplaysEverywhere, deleteOldNoncesEverywhere, SessionTable, type SystemTransaction } from '@anw/persistence';
import { SESSION_IDLE_MILLISECONDS } from '@anw/platform';

/** An expired token is known for this long, so that who still shows it hears that it expired. */
const EXPIRED_TOKEN_MILLISECONDS = 3600 * 1000;

/** A decision about somebody whom nobody knew says little and is asked for soon or never. */
const ANONYMOUS_DECISION_DAYS = 7;
const DAY_MILLISECONDS = 24 * 3600 * 1000;

/** How many rows of each kind were forgotten. */
export interface Forgotten {
  readonly tokens: number;
  readonly nonces: number;
  readonly proofs: number;
  readonly sessions: number;
  readonly decisions: number;
}

/** Moment, and for how many days decision records are kept. */
export interface ForgettingRules {
  readonly now: Date;
  readonly decisionRetentionDays: number;
}

/**
 * Forgets what no answer depends on any more, of every organisation: expired access tokens, nonces of presentations and
 * DPoP proofs that are too old to be shown, sessions that ended, decision records past their retention. Replicas that do this together only find less to do.
 */
export async function forgetWhatIsOver(tx: SystemTransaction, { now, decisionRetentionDays }: ForgettingRules): Promise<Forgotten> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MILLISECONDS);
  return {
    tokens: await deleteExpiredTokensEverywhere(tx, new Date(now.getTime() - EXPIRED_TOKEN_MILLISECONDS)),
    nonces: await deleteOldNoncesEverywhere(tx, now),
    proofs: await deleteOldDpopReplaysEverywhere(tx, now),
    sessions: await new SessionTable(tx).deleteOld({ expiredBefore: now, idleSince: new Date(now.getTime() - SESSION_IDLE_MILLISECONDS) }),
    decisions: await deleteOldDecisionsEverywhere(tx, { before: daysAgo(decisionRetentionDays), anonymousBefore: daysAgo(ANONYMOUS_DECISION_DAYS) }),
  };
}
