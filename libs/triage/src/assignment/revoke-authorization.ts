import type { AuditLog } from '@anw/audit';
import type { StatusRegister } from '@anw/credentials';
import type { Signer } from '@anw/identity';
import { createEvent, type Outbox, signEvent } from '@anw/notifications';
import { ANW_PURPOSE_OF_USE, type Clock } from '@anw/values';
import { TriageError } from '../triage-error.js';
import type { Triagist } from '../triagist.js';
import { type Authorization, authorizationState, type AuthorizationStore, extensionsAfter, type Revocation } from './authorization.js';

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
  /** For the log. */
  readonly reason?: 'shift-ended' | 'withdrawn-by-custodian' | 'reassigned';
  /** In the triagist's words, for the desk; never in the log and never on its way. */
  readonly explanation?: string;
}

/**
 * Revokes: status bit, row, a push to actor *and* custodian because lists are cached and pushes are not (design D10),
 * and the log row, in one transaction. Revoking twice is revoking once.
 * @throws TriageError `authorization-unknown`, `authorization-over`
 */
export async function revokeAuthorization(id: string, explanation: string | undefined, triagist: Triagist, ports: RevokePorts): Promise<Authorization> {
  return ports.transaction(async (stores) => {
    const authorization = await stores.authorizations.findAuthorization(id);
    if (authorization === undefined) throw new TriageError('authorization-unknown');
    const state = authorizationState(authorization, ports.clock());
    if (state === 'revoked') return authorization;
    if (state === 'ended') throw new TriageError('authorization-over');
    return revokeWithExtensions(authorization, { practitioner: triagist, ...(explanation && { explanation }) }, stores, ports);
  });
}

/**
 * An extension is the same visit: whoever takes it back takes back all of it that is in force, before and after. The first of
 * the row first, as whoever else changes several of them: two that meet wait for each other.
 */
export async function revokeWithExtensions(authorization: Authorization, by: RevokedBy, stores: RevokeStores, ports: Omit<RevokePorts, 'transaction'>): Promise<Authorization> {
  const isInForce = (other: Authorization) => authorizationState(other, ports.clock()) === 'valid';
  for (const earlier of (await extendedBy(authorization, stores)).filter(isInForce)) await revokeWithin(earlier, by, stores, ports);
  const revoked = await revokeWithin(authorization, by, stores, ports);
  for (const later of (await extensionsAfter(authorization, stores.authorizations)).filter(isInForce)) await revokeWithin(later, by, stores, ports);
  return revoked;
}

/** The row of what it extends, the first first. */
async function extendedBy({ follows }: Authorization, { authorizations }: RevokeStores): Promise<readonly Authorization[]> {
  const found: Authorization[] = [];
  for (let before = follows; before?.how === 'extended'; ) {
    const earlier = await authorizations.findAuthorization(before.authorization);
    if (earlier === undefined) break;
    found.unshift(earlier);
    before = earlier.follows;
  }
  return found;
}

/** The same for an authorization in hand, as part of a transaction that does more. */
export async function revokeWithin(authorization: Authorization, { practitioner, reason, explanation }: RevokedBy, stores: RevokeStores, { signer, clock, uuid }: Omit<RevokePorts, 'transaction'>): Promise<Authorization> {
  const at = clock();
  const { id, credentialId } = authorization;
  const revocation: Revocation = { at, ...(practitioner && { by: practitioner.identifier }), ...(explanation && { reason: explanation }) };
  if (!(await stores.authorizations.markRevoked(id, revocation))) return (await stores.authorizations.findAuthorization(id)) ?? authorization;
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
  return { ...authorization, revokedAt: at, ...(practitioner && { revokedBy: practitioner.identifier }), ...(explanation && { revokeReason: explanation }) };
}
