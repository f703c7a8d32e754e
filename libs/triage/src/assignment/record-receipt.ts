import type { AuditEventName, AuditLog } from '@anw/audit';
import type { NotificationEvent, NotificationType } from '@anw/notifications';
import { ANW_PURPOSE_OF_USE, type Clock, DidUrl, fragmentOf } from '@anw/values';
import type { Authorization, AuthorizationStore, Receipt } from './authorization.js';

/** What commits together when a receipt comes in; the inbox has accepted the event in the same transaction. */
export interface ReceiptStores {
  readonly authorizations: Pick<AuthorizationStore, 'findAuthorization' | 'markReceipt'>;
  readonly audit: AuditLog;
}

const receiptOf: Partial<Record<NotificationType, Receipt>> = {
  'nl.anw.authorization.received.v1': 'received',
  'nl.anw.authorization.opened.v1': 'opened',
  'nl.anw.authorization.refused.v1': 'refused',
};

const logged: Readonly<Record<Receipt, AuditEventName>> = {
  received: 'authorization.received',
  opened: 'authorization.opened',
  refused: 'authorization.received',
};

/**
 * Notes how far an authorization came, on the word of the actor it is for; anyone else's word changes nothing, nor does a
 * repeat. The receipt of a revocation has the same type as that of an offer: only what answers the offer counts as received.
 */
export async function recordReceipt(event: NotificationEvent, stores: ReceiptStores, { clock, uuid }: { readonly clock: Clock; readonly uuid: () => string }): Promise<void> {
  const receipt = receiptOf[event.type];
  const authorization = await authorizationOf(event, stores);
  if (receipt === undefined || authorization === undefined || authorization.actor.did !== event.source) return;
  if (receipt === 'received' && event.data.inReplyTo !== authorization.offer) return;
  const at = clock();
  if (!(await stores.authorizations.markReceipt(authorization.id, receipt, at))) return;
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

async function authorizationOf(event: NotificationEvent, { authorizations }: Pick<ReceiptStores, 'authorizations'>): Promise<Authorization | undefined> {
  const subject = DidUrl.safeParse(event.subject);
  if (!subject.success) return undefined;
  const authorization = await authorizations.findAuthorization(fragmentOf(subject.data));
  return authorization?.credentialId === subject.data ? authorization : undefined;
}
