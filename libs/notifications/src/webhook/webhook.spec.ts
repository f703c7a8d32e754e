import { Did } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { deliverWebhook, MAXIMUM_ATTEMPTS, type WebhookFetch } from './deliver-webhook.js';
import { signWebhook, verifyWebhook, WEBHOOK_SIGNATURE_HEADER } from './sign-webhook.js';
import type { WebhookEvent } from './webhook-event.js';

const now = new Date('2026-01-01T22:00:00Z');
const secret = 'a secret of at least thirty-two characters';
const event: WebhookEvent = { specversion: '1.0', id: randomUUID(), source: Did.parse('did:web:bron.example:iam:7'), type: 'nl.anw.dossier.enriched.v1', subject: 'Observation/o1/_history/1', time: now.toISOString(), datacontenttype: 'application/json', data: { resource: 'Observation/o1' } };
const seconds = (count: number) => new Date(now.getTime() + count * 1000);

describe('signature of a webhook', () => {
  const body = JSON.stringify(event);
  const header = signWebhook(body, secret, now);

  it('holds for this body, this secret and this moment', () => expect(verifyWebhook(header, body, secret, seconds(5))).toBe(true));

  it.each([
    ['of another body', header, `${body} `, secret, now],
    ['with another secret', header, body, `${secret}!`, now],
    ['that was recorded and comes back later', header, body, secret, seconds(301)],
    ['from the future', header, body, secret, seconds(-301)],
    ['whose moment was changed', header.replace(/t=\d+/, `t=${seconds(400).getTime() / 1000}`), body, secret, seconds(400)],
    ['of no form', 'v1=abc', body, secret, now],
  ] as const)('does not hold %s', (_, shown, text, key, at) => expect(verifyWebhook(shown, text, key, at)).toBe(false));
});

describe('delivery of a webhook', () => {
  const deliver = (fetch: WebhookFetch, attempts = 0) => deliverWebhook({ url: 'https://ecd.example/hook', secret, event, attempts }, { fetch, clock: () => now, random: () => 0 });
  const answering = (status: number): WebhookFetch => async () => ({ status, body: null });

  it('is one POST of the event, signed', async () => {
    const sent: Parameters<WebhookFetch>[] = [];
    expect(await deliver(async (...request) => (sent.push(request), { status: 204, body: null }))).toEqual({ kind: 'delivered' });
    const [[url, { method, headers, body }]] = sent as [Parameters<WebhookFetch>];
    expect({ url, method, body: JSON.parse(body) }).toEqual({ url: 'https://ecd.example/hook', method: 'POST', body: event });
    expect(verifyWebhook(headers[WEBHOOK_SIGNATURE_HEADER]!, body, secret, now)).toBe(true);
  });

  it.each([
    ['answers 500', answering(500), 'status 500'],
    ['redirects', answering(302), 'status 302'],
    ['does not want it', answering(404), 'status 404'],
    ['is slow', async () => Promise.reject(Object.assign(new Error('x'), { code: 'timeout' })), 'timeout'],
    ['breaks off without a word', async () => Promise.reject(new Error('secret details')), 'unknown'],
  ] as [string, WebhookFetch, string][])('is tried again later when the receiver %s', async (_, fetch, failure) => {
    expect(await deliver(fetch)).toEqual({ kind: 'failed', failure, nextAttemptAt: seconds(1) });
  });

  it('waits longer after each failure, up to a quarter of an hour', async () => {
    const pauses = await Promise.all([0, 1, 5, 12].map(async (attempts) => deliver(answering(500), attempts)));
    expect(pauses.map((outcome) => outcome.kind === 'failed' && outcome.nextAttemptAt)).toEqual([seconds(1), seconds(2), seconds(32), seconds(900)]);
  });

  it('is parked for people to look at after its last attempt', async () => {
    expect(await deliver(answering(500), MAXIMUM_ATTEMPTS - 1)).toEqual({ kind: 'parked', failure: 'status 500' });
  });
});
