import { type AuthorizationCredential, MAX_AUTHORIZATION_SECONDS } from '@anw/credentials';
import type { AuthorizationStatuses } from '../authorization-status.js';
import { denied, granted, notEvaluated, type Verdict } from '../verdict.js';

export interface AuthorizationPeriodInput {
  readonly authorization: Pick<AuthorizationCredential, 'id' | 'regisseur' | 'period' | 'status'> | undefined;
  /** The shorter of the custodian's own maximum and that of the delegation it names. */
  readonly maximumSeconds: number;
  readonly now: Date;
}

/**
 * Check 6: "it is valid now". Within `nbf` and `exp`, no longer than 24 h and than custodian and delegation allow, and neither a status list nor a pushed
 * revocation takes it back; a status that cannot be established refuses (design D10: fail closed).
 */
export async function checkAuthorizationPeriod({ authorization, maximumSeconds, now }: AuthorizationPeriodInput, statuses: AuthorizationStatuses): Promise<Verdict> {
  if (authorization === undefined) return notEvaluated(6);
  const { from, until } = authorization.period;
  if (now < from) return denied(6, 'authorization-not-yet-valid', 'clock', `from ${from.toISOString()}, now ${now.toISOString()}`);
  if (now >= until) return denied(6, 'authorization-expired', 'clock', `until ${until.toISOString()}, now ${now.toISOString()}`);

  const seconds = (until.getTime() - from.getTime()) / 1000;
  const maximum = Math.min(MAX_AUTHORIZATION_SECONDS, maximumSeconds);
  if (seconds > maximum) return denied(6, 'authorization-too-long', 'authorization-credential', `${seconds} s, maximum is ${maximum} s`);

  const verdict = await statuses.statusOf(authorization);
  switch (verdict.status) {
    case 'valid':
      return granted(6, 'status-list', `valid until ${until.toISOString()}, status as of ${verdict.checkedAt.toISOString()}`);
    case 'revoked':
      return denied(6, 'authorization-revoked', verdict.source, authorization.id);
    case 'unknown':
      return denied(6, 'authorization-status-unknown', 'status-list', verdict.detail);
  }
}
