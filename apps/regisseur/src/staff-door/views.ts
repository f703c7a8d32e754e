import type { AuthorizationView, CareRequestView, Period } from '@anw/api-contracts';
import { type Authorization, authorizationState, type CareRequest, deliveryProgress } from '@anw/triage';
import type { ValidityPeriod } from '@anw/values';

/** A care request as the desk's pages read it. */
export function toCareRequestView({ receivedAt, triage, ...request }: CareRequest): CareRequestView {
  return {
    ...request,
    receivedAt: receivedAt.toISOString(),
    ...(triage && { triage: { outcome: triage.outcome, decidedAt: triage.decidedAt.toISOString(), decidedBy: triage.decidedBy } }),
  };
}

/** An authorization as the desk's pages read it, as it stands at that moment. */
export function toAuthorizationView(authorization: Authorization, now: Date): AuthorizationView {
  const { id, credentialId, careRequest, custodian, actor, practitioner, patient, note, urgency, issuedBy } = authorization;
  return {
    id,
    credential: credentialId,
    careRequest,
    custodian,
    actor,
    practitioner,
    patient,
    note,
    urgency,
    visitWindow: toPeriod(authorization.visitWindow),
    period: toPeriod(authorization.period),
    state: authorizationState(authorization, now),
    delivery: deliveryProgress(authorization),
    issuedAt: authorization.issuedAt.toISOString(),
    issuedBy,
    ...moments(authorization),
  };
}

function moments(authorization: Authorization): Pick<AuthorizationView, 'receivedAt' | 'openedAt' | 'refusedAt' | 'revokedAt'> {
  const names = ['receivedAt', 'openedAt', 'refusedAt', 'revokedAt'] as const;
  return Object.fromEntries(names.flatMap((name) => (authorization[name] === undefined ? [] : [[name, authorization[name].toISOString()]])));
}

export function toPeriod({ from, until }: ValidityPeriod): Period {
  return { from: from.toISOString(), until: until.toISOString() };
}

export function fromPeriod({ from, until }: Period): ValidityPeriod {
  return { from: new Date(from), until: new Date(until) };
}
