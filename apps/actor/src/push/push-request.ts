import type { PushContent, PushSubscriptionInput } from '@anw/api-contracts';
import { NOTICE_SECONDS, type PushNotice, textOfNotice } from '@anw/notifications';
import webPush from 'web-push';
import type { PushKeyPair } from './push-keys.js';

/** What goes to the push service. */
export interface PushRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * A notice for one browser: encrypted for it (RFC 8291), signed for its push service (RFC 8292), to be delivered at once or
 * within minutes, and in place of an older one of its kind.
 * @throws when the browser's keys are no keys
 */
export function createPushRequest(notice: PushNotice, subscription: PushSubscriptionInput, { key, contact }: { readonly key: PushKeyPair; readonly contact: string }): PushRequest {
  const content: PushContent = { notice, ...textOfNotice(notice) };
  const { endpoint, headers, body } = webPush.generateRequestDetails(subscription, JSON.stringify(content), {
    TTL: NOTICE_SECONDS,
    urgency: 'high',
    topic: notice,
    contentEncoding: 'aes128gcm',
    vapidDetails: { subject: contact, publicKey: key.publicKey, privateKey: key.privateKey },
  });
  return { url: endpoint, headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])), body };
}
