import { BACKDATE_SECONDS, MAX_AUTHORIZATION_SECONDS } from '@anw/credentials';
import type { ReceivedAllowlist, ReceivedAllowlistStore } from '../allowlists/received-allowlist.js';
import { TriageError } from '../triage-error.js';
import type { Triagist } from '../triagist.js';
import { type Authorization, authorizationState } from './authorization.js';
import { issueAuthorization, type IssuePorts, type IssueStores } from './issue-authorization.js';

export interface Extension {
  readonly requestId: string;
  readonly until: Date;
  /** In the triagist's words; stays at the desk. */
  readonly explanation: string;
}

export interface ExtendPorts extends IssuePorts {
  readonly transaction: <T>(work: (stores: IssueStores & { readonly allowlists: Pick<ReceivedAllowlistStore, 'findAllowlistOf'> }) => Promise<T>) => Promise<T>;
}

/**
 * Gives the same practitioner longer: a new authorization for the whole visit, from where the first began, so that nothing she
 * has open or in draft is taken from her, and what she measured under the old one may be written under the new. It lasts no
 * longer than any may (design §4: 24 h, or what the custodian's delegation says), nor than delegation and allowlist row do.
 * @throws TriageError of `issueAuthorization`, and `authorization-unknown`, `authorization-over`, `authorization-followed`, `extension-not-later`, `extension-too-long`
 */
export async function extend(id: string, { requestId, until, explanation }: Extension, triagist: Triagist, ports: ExtendPorts): Promise<Authorization> {
  const { old, allowlist, isRepeat } = await ports.transaction(async ({ authorizations, allowlists }) => {
    const found = await authorizations.findAuthorization(id);
    return { old: found, allowlist: found && (await allowlists.findAllowlistOf(found.custodian.did)), isRepeat: (await authorizations.findByRequest(requestId)) !== undefined };
  });
  if (old === undefined) throw new TriageError('authorization-unknown');
  const period = { from: old.extendedSince ?? old.period.from, until: new Date(Math.floor(until.getTime() / 1000) * 1000) };
  const visitWindow = { from: old.period.until, until: period.until };
  if (!isRepeat) {
    if (old.replacedBy !== undefined) throw new TriageError('authorization-followed');
    if (authorizationState(old, ports.clock()) !== 'valid') throw new TriageError('authorization-over');
    if (visitWindow.until <= visitWindow.from) throw new TriageError('extension-not-later');
    if (period.until > latestExtension(old, allowlist)) throw new TriageError('extension-too-long');
  }
  const { careRequest, custodian, handle, patient, shift, homeAccess, note, urgency } = old;
  return issueAuthorization({ requestId, careRequest, custodian: custodian.did, handle, patient, shift, visitWindow, homeAccess, note, urgency }, triagist, ports, { authorization: old, how: 'extended', explanation, period });
}

/** Until when it can last at most, as far as is known here; not later than it ends now when it cannot be extended. */
export function latestExtension({ period, extendedSince, actor }: Pick<Authorization, 'period' | 'extendedSince' | 'actor'>, allowlist: ReceivedAllowlist | undefined): Date {
  const { delegation, rows = [] } = allowlist ?? {};
  const row = Math.max(0, ...rows.filter((candidate) => candidate.actor === actor.did && candidate.period.from <= period.until).map((candidate) => candidate.period.until.getTime()));
  if (delegation === undefined) return period.until;
  const seconds = Math.min(delegation.maxAuthorizationSeconds, MAX_AUTHORIZATION_SECONDS) - BACKDATE_SECONDS;
  const since = extendedSince ?? period.from;
  return new Date(Math.max(period.until.getTime(), Math.min(since.getTime() + seconds * 1000, row, delegation.period.until.getTime())));
}
