import type { AuditLog } from '@anw/audit';
import type { StatusRegister } from '@anw/credentials';
import type { Signer } from '@anw/identity';
import { createEvent, type Outbox, signEvent } from '@anw/notifications';
import { ANW_PURPOSE_OF_USE, type Clock } from '@anw/values';
import { TriageError } from '../triage-error.js';
import type { Triagist } from '../triagist.js';
import { type Authorization, authorizationState, type AuthorizationStore } from './authorization.js';

/** What commits together when an authorization is revoked. */
export interface RevokeStores {
  readonly authorizations: Pick<AuthorizationStore, 'findAuthorization' | 'markRevoked'>;
  /** Sets the bit that both status lists show. */
  readonly statuses: Pick<StatusRegister, 'revoke'>;
  readonly outbox: Outbox;
  readonly audit: AuditLog;
}

export interface RevokePorts {
  readonly signer: Signer;
  readonly transaction: <T>(work: (stores: RevokeStores) => Promise<T>) => Promise<T>;
  readonly clock: Clock;
  readonly uuid: () => string;
}

/** Who took it back: somebody at the desk, else the actor who said that the shift is over, or the custodian who supports it no longer. */
export interface RevokedBy {
  readonly practitioner?: Triagist;
  readonly reason?: 'shift-ended' | 'withdrawn-by-custodian';
}

/**
 * Revokes: status bit, row, a push to actor *and* custodian because lists are cached and pushes are not (design D10),
 * and the log row, in one transaction. Revoking twice is revoking once.
 * @throws TriageError `authorization-unknown`, `authorization-over`
 */
export async function revokeAuthorization(id: string, triagist: Triagist, ports: RevokePorts): Promise<Authorization> {
  return ports.transaction(async (stores) => {
    const authorization = await stores.authorizations.findAuthorization(id);
    if (authorization === undefined) throw new TriageError('authorization-unknown');
    const state = authorizationState(authorization, ports.clock());
    if (state === 'revoked') return authorization;
    if (state === 'ended') throw new TriageError('authorization-over');
    return revokeWithin(authorization, { practitioner: triagist }, stores, ports);
  });
}

/** The same for an authorization in hand, as part of a transaction that does more. */
export async function revokeWithin(authorization: Authorization, { practitioner, reason }: RevokedBy, stores: RevokeStores, { signer, clock, uuid }: Omit<RevokePorts, 'transaction'>): Promise<Authorization> {
  const at = clock();
  const { id, credentialId } = authorization;
  if (!(await stores.authorizations.markRevoked(id, at))) return (await stores.authorizations.findAuthorization(id)) ?? authorization;
  await stores.statuses.revoke(credentialId, at);
  for (const { did } of [authorization.actor, authorization.custodian]) {
    const event = createEvent({ type: 'nl.anw.authorization.revoked.v1', source: signer.did, recipient: did, subject: credentialId }, { now: at, id: uuid() });
    await stores.outbox.put(event, await signEvent(event, signer));
  }
  await stores.audit.append({
    id: uuid(),
    name: 'authorization.revoked',
    outcome: 'success',
    at,
    ...(practitioner && { practitioner }),
    regisseur: signer.did,
    actor: authorization.actor.did,
    authorization: credentialId,
    purposeOfUse: ANW_PURPOSE_OF_USE,
    ...(reason && { reason }),
  });
  return { ...authorization, revokedAt: at };
}
