import type { ValidityPeriod } from '@anw/values';
import { TriageError } from '../triage-error.js';
import type { Triagist } from '../triagist.js';
import { type Authorization, authorizationState } from './authorization.js';
import { type AuthorizationOrder, issueAuthorization, type IssuePorts } from './issue-authorization.js';

/** Who goes instead; what is left out stays as it was. */
export interface Reassignment {
  readonly requestId: string;
  readonly shift: string;
  /** In the triagist's words; stays at the desk. */
  readonly explanation: string;
  readonly visitWindow?: ValidityPeriod;
  readonly note?: string;
  readonly homeAccess?: boolean;
}

/**
 * Sends another practitioner: the new authorization is issued and the old one revoked in one transaction, so that there is
 * always one of them and never two. When the new one is refused, the old one stays.
 * @throws TriageError of `issueAuthorization`, and `authorization-unknown`, `authorization-over`, `authorization-followed`, `same-practitioner`
 */
export async function reassign(id: string, reassignment: Reassignment, triagist: Triagist, ports: IssuePorts): Promise<Authorization> {
  const { old, shift, isRepeat } = await ports.transaction(async ({ authorizations, shifts }) => ({
    old: await authorizations.findAuthorization(id),
    shift: await shifts.findShift(reassignment.shift),
    isRepeat: (await authorizations.findByRequest(reassignment.requestId)) !== undefined,
  }));
  if (old === undefined) throw new TriageError('authorization-unknown');
  const now = ports.clock();
  if (!isRepeat) {
    if (old.replacedBy !== undefined) throw new TriageError('authorization-followed');
    if (authorizationState(old, now) !== 'valid') throw new TriageError('authorization-over');
    if (shift?.actor === old.actor.did && shift.practitioner.identifier === old.practitioner.identifier) throw new TriageError('same-practitioner');
  }
  return issueAuthorization(orderFor(old, reassignment, now), triagist, ports, { authorization: old, how: 'reassigned', explanation: reassignment.explanation });
}

function orderFor(old: Authorization, { requestId, shift, visitWindow, note, homeAccess }: Reassignment, now: Date): AuthorizationOrder {
  return {
    requestId,
    careRequest: old.careRequest,
    custodian: old.custodian.did,
    handle: old.handle,
    patient: old.patient,
    shift,
    visitWindow: visitWindow ?? stillToCome(old.visitWindow, now),
    homeAccess: homeAccess ?? old.homeAccess,
    note: note ?? old.note,
    urgency: old.urgency,
  };
}

/** A window that has passed begins now and is as long as it was. */
function stillToCome({ from, until }: ValidityPeriod, now: Date): ValidityPeriod {
  if (until > now) return { from, until };
  return { from: now, until: new Date(now.getTime() + until.getTime() - from.getTime()) };
}
