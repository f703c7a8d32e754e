import type { AuditLog } from '@anw/audit';
import type { NotificationEvent } from '@anw/notifications';
import { isShiftOver, type Shift, type ShiftStore } from '@anw/scheduling';
import { type Did, DidUrl, fragmentOf } from '@anw/values';
import { TriageError } from '../triage-error.js';
import type { Triagist } from '../triagist.js';
import type { AuthorizationStore } from './authorization.js';
import { type RevokePorts, type RevokeStores, revokeWithin } from './revoke-authorization.js';

/** What commits together when a shift ends before its time. */
export interface EndShiftStores extends RevokeStores {
  readonly authorizations: RevokeStores['authorizations'] & Pick<AuthorizationStore, 'listInForceOfShift'>;
  readonly shifts: Pick<ShiftStore, 'findShift' | 'endShift'>;
  readonly audit: AuditLog;
}

export interface EndShiftPorts extends Omit<RevokePorts, 'transaction'> {
  readonly transaction: <T>(work: (stores: EndShiftStores) => Promise<T>) => Promise<T>;
}

export interface EndedShift {
  readonly shift: Shift;
  /** How many authorizations of the shift were revoked by this. */
  readonly revoked: number;
}

/**
 * The desk ends a shift: nobody is sent on it any more, and every authorization of it that is in force is revoked
 * (design §2 step 7), in one transaction. Ending twice is ending once.
 * @throws TriageError `shift-unknown`, `shift-over`
 */
export async function endShift(id: string, triagist: Triagist, ports: EndShiftPorts): Promise<EndedShift> {
  return ports.transaction(async (stores) => {
    const shift = await stores.shifts.findShift(id);
    if (shift === undefined) throw new TriageError('shift-unknown');
    if (shift.endedAt === undefined && isShiftOver(shift, ports.clock())) throw new TriageError('shift-over');
    return endWithin(shift, { practitioner: triagist }, stores, ports);
  });
}

/**
 * An actor says that the shift of an authorization has ended, because its nurse ended it. Only the actor that the
 * authorization is for can say so; anyone else's word changes nothing.
 */
export async function endShiftOnWordOfActor(event: NotificationEvent, stores: EndShiftStores, ports: Omit<EndShiftPorts, 'transaction'>): Promise<void> {
  const subject = DidUrl.safeParse(event.subject);
  const authorization = subject.success ? await stores.authorizations.findAuthorization(fragmentOf(subject.data)) : undefined;
  if (authorization === undefined || authorization.credentialId !== event.subject || authorization.actor.did !== event.source) return;
  const shift = await stores.shifts.findShift(authorization.shift);
  if (shift !== undefined) await endWithin(shift, { actor: event.source }, stores, ports);
}

/** The shift is ended first: what is being issued for it meanwhile waits, and then finds it over. */
async function endWithin(shift: Shift, { practitioner, actor }: { readonly practitioner?: Triagist; readonly actor?: Did }, stores: EndShiftStores, ports: Omit<EndShiftPorts, 'transaction'>): Promise<EndedShift> {
  const at = ports.clock();
  if (await stores.shifts.endShift(shift.id, at)) {
    await stores.audit.append({ id: ports.uuid(), name: 'shift.ended', outcome: 'success', at, ...(practitioner && { practitioner }), regisseur: ports.signer.did, actor: actor ?? shift.actor, query: shift.id });
  }
  const inForce = await stores.authorizations.listInForceOfShift(shift.id, at);
  for (const authorization of inForce) await revokeWithin(authorization, { ...(practitioner && { practitioner }), reason: 'shift-ended' }, stores, ports);
  return { shift: { ...shift, endedAt: shift.endedAt ?? at }, revoked: inForce.length };
}
