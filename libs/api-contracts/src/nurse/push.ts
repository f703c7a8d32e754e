import { z } from 'zod';

const base64url = (minimum: number, maximum: number) => z.string().regex(/^[A-Za-z0-9_-]+$/).min(minimum).max(maximum);

/** `GET /api/push`: by which key the nurse's browser subscribes (RFC 8292); base64url, uncompressed P-256 point. */
export const PushKeyView = z.strictObject({ publicKey: base64url(87, 87) });
export type PushKeyView = z.infer<typeof PushKeyView>;

/** `PUT /api/push/subscription`: as `PushSubscription.toJSON()` of the browser gives it. */
export const PushSubscriptionInput = z.object({
  endpoint: z.url().max(2_000),
  /** RFC 8291: key of the browser, and 16 bytes of its own. */
  keys: z.object({ p256dh: base64url(87, 88), auth: base64url(22, 24) }),
});
export type PushSubscriptionInput = z.infer<typeof PushSubscriptionInput>;

/** `POST /api/push/unsubscribe`: this browser wants to hear nothing more. */
export const PushUnsubscribeInput = z.strictObject({ endpoint: z.url().max(2_000) });
export type PushUnsubscribeInput = z.infer<typeof PushUnsubscribeInput>;

/** What a notice says when it has been decrypted: for the phone to show as it is. */
export const PushContent = z.object({ notice: z.string().max(32), title: z.string().max(100), body: z.string().max(200) });
export type PushContent = z.infer<typeof PushContent>;
