import { visitIdOf } from '@anw/authorization';
import { initialsOf, type UndeliveredReason } from '@anw/fhir';
import type { Did, DidUrl } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { ActorStores } from '../actor-stores.js';

export interface Withdrawal {
  readonly authorization: DidUrl;
  readonly actor: Did;
  readonly reason: UndeliveredReason;
  readonly at: Date;
}

/** What a withdrawal took away. */
export interface Withdrawn {
  /** False when the authorization never arrived, or was withdrawn before. */
  readonly held: boolean;
  /** Whether its visit left the route with it; one that is extended goes on. */
  readonly isOver: boolean;
  /** How many entries of nurses were not in the custodian's record. */
  readonly undelivered: number;
}

/**
 * An authorization is over at the actor: credential and context go. With the last of a visit goes the key of its drafts, so
 * that nothing of what was written can be read any more. That something did not arrive stays, and is told (design §2 step 7, D18).
 */
export async function withdrawVisit(stores: Pick<ActorStores, 'received' | 'looks' | 'drafts' | 'draftKeys' | 'audit' | 'signal' | 'signalDraft' | 'pushNotice'>, { authorization, actor, reason, at }: Withdrawal): Promise<Withdrawn> {
  const received = await stores.received.findReceived(authorization);
  const patient = received?.context.patient.name;
  const visit = received === undefined ? authorization : visitIdOf(received);
  await stores.received.lockVisit(visit);
  const held = await stores.received.withdraw(authorization, reason === 'revoked' ? 'revoked' : 'ended', at);
  if (!held) return { held, isOver: false, undelivered: 0 };
  await stores.signal(visit);
  if ((await stores.received.findVisit(visit)).length > 0) return { held, isOver: false, undelivered: 0 };
  await stores.looks.deleteLooks(visit);
  // The end of a period, or of her own shift, is no news to her.
  if (reason === 'revoked') await stores.pushNotice('visit-withdrawn', received?.credential.practitioner, at);
  const undelivered = await stores.drafts.endDrafts(visit, { reason, initials: patient && initialsOf(patient), at });
  await stores.draftKeys.deleteDraftKey(visit);
  for (const { id, practitioner, kind } of undelivered) {
    await stores.signalDraft(id);
    await stores.pushNotice('entry-undelivered', practitioner, at);
    await stores.audit.append({ id: randomUUID(), name: 'draft.undelivered', outcome: 'serious-failure', at, practitioner: { identifier: practitioner }, actor, authorization, query: kind, reason, reference: id });
  }
  return { held, isOver: true, undelivered: undelivered.length };
}
