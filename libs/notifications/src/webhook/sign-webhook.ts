import { createHmac, timingSafeEqual } from 'node:crypto';

/** Header that shows who sent a webhook and when: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">`. */
export const WEBHOOK_SIGNATURE_HEADER = 'anw-signature';

export function signWebhook(body: string, secret: string, at: Date): string {
  const t = Math.floor(at.getTime() / 1000);
  return `t=${t},v1=${macOf(`${t}.${body}`, secret).toString('hex')}`;
}

const form = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/;

/** As a receiver has to check it: the right secret, over this body, and not older or newer than `toleranceSeconds`, so that a recorded request is of no use later. */
export function verifyWebhook(header: string, body: string, secret: string, now: Date, toleranceSeconds = 300): boolean {
  const [, t, mac] = form.exec(header) ?? [];
  if (t === undefined || mac === undefined) return false;
  if (Math.abs(now.getTime() / 1000 - Number(t)) > toleranceSeconds) return false;
  return timingSafeEqual(Buffer.from(mac, 'hex'), macOf(`${t}.${body}`, secret));
}

function macOf(text: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(text, 'utf8').digest();
}
