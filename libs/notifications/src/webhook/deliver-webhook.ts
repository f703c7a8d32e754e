import type { Clock } from '@anw/values';
import { signWebhook, WEBHOOK_SIGNATURE_HEADER } from './sign-webhook.js';
import type { VisitEvent } from './visit-event.js';
import type { WebhookEvent } from './webhook-event.js';

/** The one way out, which follows no redirect and goes nowhere inside. */
export type WebhookFetch = (url: string, request: { readonly method: 'POST'; readonly headers: Readonly<Record<string, string>>; readonly body: string; readonly timeoutMilliseconds: number; readonly maxResponseBytes: number }) => Promise<{ readonly status: number; readonly body: { cancel(): Promise<void> } | null }>;

export interface WebhookDelivery {
  readonly url: string;
  readonly secret: string;
  readonly event: WebhookEvent | VisitEvent;
  /** Attempts that were made before this one. */
  readonly attempts: number;
}

export type DeliveryOutcome =
  | { readonly kind: 'delivered' }
  /** `failure`: a status or a code of ours, never what the receiver said. */
  | { readonly kind: 'failed'; readonly failure: string; readonly nextAttemptAt: Date }
  | { readonly kind: 'parked'; readonly failure: string };

export interface DeliverWebhookPorts {
  readonly fetch: WebhookFetch;
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly random: () => number;
}

/** Then people have to look: with these pauses that is after about six hours. */
export const MAXIMUM_ATTEMPTS = 30;
const FIRST_PAUSE_SECONDS = 1;
const LONGEST_PAUSE_SECONDS = 900;
const TIMEOUT_MILLISECONDS = 10_000;
const MAX_RESPONSE_BYTES = 64 * 1024;

/** Sends one event to the organisation's own system. Anything but a 2xx is sent again later: a redirect too, which is not followed. Never rejects. */
export async function deliverWebhook({ url, secret, event, attempts }: WebhookDelivery, { fetch, clock, random }: DeliverWebhookPorts): Promise<DeliveryOutcome> {
  const body = JSON.stringify(event);
  const headers = { 'content-type': 'application/cloudevents+json', [WEBHOOK_SIGNATURE_HEADER]: signWebhook(body, secret, clock()) };
  const failure = await attempt(() => fetch(url, { method: 'POST', headers, body, timeoutMilliseconds: TIMEOUT_MILLISECONDS, maxResponseBytes: MAX_RESPONSE_BYTES }));
  if (failure === undefined) return { kind: 'delivered' };
  if (attempts + 1 >= MAXIMUM_ATTEMPTS) return { kind: 'parked', failure };
  return { kind: 'failed', failure, nextAttemptAt: new Date(clock().getTime() + pauseSeconds(attempts, random) * 1000) };
}

async function attempt(send: () => ReturnType<WebhookFetch>): Promise<string | undefined> {
  try {
    const { status, body } = await send();
    await body?.cancel().catch(() => undefined);
    return status >= 200 && status < 300 ? undefined : `status ${status}`;
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    return typeof code === 'string' ? code.slice(0, 64) : 'unknown';
  }
}

/** Doubles up to a ceiling, less up to half of it by chance. */
function pauseSeconds(attempts: number, random: () => number): number {
  return Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** Math.min(attempts, 20)) * (1 - random() / 2);
}
