import type { AuthorizationView, CareRequestView, Period, TriageView } from '@anw/api-contracts';
import { type Authorization, authorizationState, type CareRequest, deliveryProgress, type Triage } from '@anw/triage';
import type { ValidityPeriod } from '@anw/values';
import { toAlarmView } from './alarm-view.js';

/** A care request as the desk's pages read it. */
export function toCareRequestView({ receivedAt, triage, ...request }: CareRequest): CareRequestView {
  return { ...request, receivedAt: receivedAt.toISOString(), ...(triage && { triage: toTriageView(triage) }) };
}

function toTriageView({ decidedAt, tree, ...triage }: Triage): TriageView {
  return { ...triage, decidedAt: decidedAt.toISOString(), ...(tree && { tree: { ...tree, answers: [...tree.answers] } }) };
}

/** An authorization as the desk's pages read it, as it stands at that moment. */
export function toAuthorizationView(authorization: Authorization, now: Date): AuthorizationView {
  const { id, credentialId, careRequest, shift, custodian, actor, practitioner, handle, patient, note, urgency, homeAccess, issuedBy } = authorization;
  return {
    id,
    credential: credentialId,
    careRequest,
    shift,
    custodian,
    actor,
    practitioner,
    handle,
    patient,
    note,
    urgency,
    visitWindow: toPeriod(authorization.visitWindow),
    homeAccess,
    period: toPeriod(authorization.period),
    state: authorizationState(authorization, now),
    delivery: deliveryProgress(authorization),
    issuedAt: authorization.issuedAt.toISOString(),
    issuedBy,
    ...moments(authorization),
    ...whatHappened(authorization, now),
  };
}

function whatHappened(authorization: Authorization, now: Date): Partial<AuthorizationView> {
  const { revokedBy, revokeReason, replacedBy, follows } = authorization;
  const alarm = toAlarmView(authorization, now);
  return {
    ...(revokedBy !== undefined && { revokedBy }),
    ...(revokeReason !== undefined && { revokeReason }),
    ...(alarm && { alarm }),
    ...(follows && { replaces: follows.authorization, follows: follows.how }),
    ...(replacedBy !== undefined && { replacedBy }),
  };
}

function moments(authorization: Authorization): Pick<AuthorizationView, 'receivedAt' | 'openedAt' | 'reportedAt' | 'refusedAt' | 'revokedAt' | 'openBefore'> {
  const names = ['receivedAt', 'openedAt', 'reportedAt', 'refusedAt', 'revokedAt', 'openBefore'] as const;
  return Object.fromEntries(names.flatMap((name) => (authorization[name] === undefined ? [] : [[name, authorization[name].toISOString()]])));
}

export function toPeriod({ from, until }: ValidityPeriod): Period {
  return { from: from.toISOString(), until: until.toISOString() };
}

export function fromPeriod({ from, until }: Period): ValidityPeriod {
  return { from: new Date(from), until: new Date(until) };
}
