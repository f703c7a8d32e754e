import { Did } from '@anw/values';
import { z } from 'zod';

/** The notifications of design §4. They hold references only: no name, birth date, BSN or patient handle. */
export const notificationTypes = [
  'nl.anw.authorization.offered.v1',
  'nl.anw.authorization.revoked.v1',
  'nl.anw.authorization.received.v1',
  'nl.anw.authorization.opened.v1',
  'nl.anw.authorization.refused.v1',
  'nl.anw.authorization.reported.v1',
  'nl.anw.dossier.enriched.v1',
  'nl.anw.allowlist.changed.v1',
  'nl.anw.shift.ended.v1',
] as const;
export const NotificationType = z.enum(notificationTypes);
export type NotificationType = z.infer<typeof NotificationType>;

/** CloudEvents 1.0 envelope (design §4), the payload of a JWS signed by the sender. */
export const NotificationEvent = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: Did,
  type: NotificationType,
  /** What it is about: the id of an authorization; of a changed allowlist, the custodian's DID; of what came into a record, its id in the list of the custodian. */
  subject: z.string().min(1).max(640),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  data: z.strictObject({
    recipient: Did,
    href: z.url().max(2048).optional(),
    /** On a receipt: id of the event it answers. */
    inReplyTo: z.uuid().optional(),
  }),
});
export type NotificationEvent = z.infer<typeof NotificationEvent>;

/** An organisation that tells something to its own systems, which read on the bus what is meant for it. */
export function isToOneself(event: Pick<NotificationEvent, 'source' | 'data'>): boolean {
  return event.source === event.data.recipient;
}

/** Receipts answer another event and are not answered themselves. */
export function isReceipt(event: Pick<NotificationEvent, 'data'>): boolean {
  return event.data.inReplyTo !== undefined;
}
