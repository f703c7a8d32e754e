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

/**
 * Revokes: status bit, row, a push to actor *and* custodian because lists are cached and pushes are not (design D10),
 * and the log row, in one transaction. Revoking twice is revoking once.
 * @throws TriageError `authorization-unknown`, `authorization-over`
 */
export async function revokeAuthorization(id: string, triagist: Triagist, ports: RevokePorts): Promise<Authorization> {
  const { signer, clock, uuid } = ports;
  return ports.transaction(async (stores) => {
    const authorization = await stores.authorizations.findAuthorization(id);
    if (authorization === undefined) throw new TriageError('authorization-unknown');
    const at = clock();
    const state = authorizationState(authorization, at);
    if (state === 'revoked') return authorization;
    if (state === 'ended') throw new TriageError('authorization-over');
    if (!(await stores.authorizations.markRevoked(id, at))) return (await stores.authorizations.findAuthorization(id)) ?? authorization;
    await stores.statuses.revoke(authorization.credentialId, at);
    for (const { did } of [authorization.actor, authorization.custodian]) {
      const event = createEvent({ type: 'nl.anw.authorization.revoked.v1', source: signer.did, recipient: did, subject: authorization.credentialId }, { now: at, id: uuid() });
      await stores.outbox.put(event, await signEvent(event, signer));
    }
    await stores.audit.append({
      id: uuid(),
      name: 'authorization.revoked',
      outcome: 'success',
      at,
      practitioner: triagist,
      regisseur: signer.did,
      actor: authorization.actor.did,
      authorization: authorization.credentialId,
      purposeOfUse: ANW_PURPOSE_OF_USE,
    });
    return { ...authorization, revokedAt: at };
  });
}
