import type { AuditEventName, AuditLog } from '@anw/audit';
import type { NotificationEvent, NotificationType } from '@anw/notifications';
import { ANW_PURPOSE_OF_USE, type Clock, type Did, DidUrl, fragmentOf } from '@anw/values';
import { type Authorization, type AuthorizationStore, extensionsAfter, type Receipt } from './authorization.js';

/** What commits together when a receipt comes in; the inbox has accepted the event in the same transaction. */
export interface ReceiptStores {
  readonly authorizations: Pick<AuthorizationStore, 'findAuthorization' | 'markReceipt'>;
  readonly audit: AuditLog;
}

const receiptOf: Partial<Record<NotificationType, Receipt>> = {
  'nl.anw.authorization.received.v1': 'received',
  'nl.anw.authorization.opened.v1': 'opened',
  'nl.anw.authorization.refused.v1': 'refused',
  'nl.anw.authorization.reported.v1': 'reported',
};

const logged: Readonly<Record<Receipt, AuditEventName>> = {
  received: 'authorization.received',
  opened: 'authorization.opened',
  refused: 'authorization.received',
  reported: 'authorization.reported',
};

/**
 * Notes how far an authorization came, on the word of the actor it is for, and of the custodian whether something was
 * written on it; anyone else's word changes nothing, nor does a repeat. The receipt of a revocation has the same type as that of an offer: only what answers the offer counts as received.
 * What was opened or reported on is so for what extends it as well.
 */
export async function recordReceipt(event: NotificationEvent, stores: ReceiptStores, { clock, uuid }: { readonly clock: Clock; readonly uuid: () => string }): Promise<void> {
  const receipt = receiptOf[event.type];
  const authorization = await authorizationOf(event, stores);
  if (receipt === undefined || authorization === undefined || teller(receipt, authorization) !== event.source) return;
  if (receipt === 'received' && event.data.inReplyTo !== authorization.offer) return;
  const at = clock();
  if (!(await stores.authorizations.markReceipt(authorization.id, receipt, at))) return;
  if (isOfVisit(receipt)) await markExtensions(authorization.id, receipt, at, stores);
  await stores.audit.append({
    id: uuid(),
    name: logged[receipt],
    outcome: receipt === 'refused' ? 'minor-failure' : 'success',
    at,
    actor: authorization.actor.did,
    authorization: authorization.credentialId,
    purposeOfUse: ANW_PURPOSE_OF_USE,
    ...(receipt === 'refused' && { reason: 'refused-by-actor' }),
  });
}

/** An authorization arrives or is refused by itself; it is a visit that somebody opens. */
function isOfVisit(receipt: Receipt): boolean {
  return receipt === 'opened' || receipt === 'reported';
}

/** Read after it was marked: whoever extends at the same moment has waited, or is waited for. */
async function markExtensions(id: string, receipt: Receipt, at: Date, { authorizations }: Pick<ReceiptStores, 'authorizations'>): Promise<void> {
  const marked = await authorizations.findAuthorization(id);
  if (marked === undefined) return;
  for (const extension of await extensionsAfter(marked, authorizations)) await authorizations.markReceipt(extension.id, receipt, at);
}

/** What was stored is the custodian's to say. */
function teller(receipt: Receipt, { actor, custodian }: Authorization): Did {
  return receipt === 'reported' ? custodian.did : actor.did;
}

async function authorizationOf(event: NotificationEvent, { authorizations }: Pick<ReceiptStores, 'authorizations'>): Promise<Authorization | undefined> {
  const subject = DidUrl.safeParse(event.subject);
  if (!subject.success) return undefined;
  const authorization = await authorizations.findAuthorization(fragmentOf(subject.data));
  return authorization?.credentialId === subject.data ? authorization : undefined;
}
