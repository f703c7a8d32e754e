import { type Signer, signCompactJws } from '@anw/identity';
import type { NotificationEvent } from './event.js';

/** `typ` of a signed notification (RFC 7515 §4.1.9): keeps it apart from everything else the same key signs. */
export const NOTIFICATION_JWS_TYPE = 'cloudevents+json';

/** Signs a notification as compact JWS with a key of its source. */
export async function signEvent(event: NotificationEvent, signer: Signer): Promise<string> {
  if (signer.did !== event.source) throw new Error('a notification is signed by its source');
  return signCompactJws(signer, { typ: NOTIFICATION_JWS_TYPE }, event);
}
