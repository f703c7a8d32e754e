import { createTestParty } from '@anw/testing';
import { createEvent, createReceipt } from './create-event.js';
import type { ClaimedMessage } from './outbox.js';
import { channelsToTry, defaultRelayTiming as timing, nextAttemptAfterFailure, nextAttemptAfterSending } from './relay-plan.js';

const regisseur = createTestParty('regie');
const actor = createTestParty('nacht');
const now = new Date('2026-11-22T03:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const event = createEvent({ type: 'nl.anw.authorization.offered.v1', source: regisseur.did, recipient: actor.did, subject: 's' }, { now });
const message = (facts: Partial<ClaimedMessage> = {}): ClaimedMessage => ({
  organisation: regisseur.organisation.id,
  event,
  jws: 'signed',
  state: 'pending',
  attempts: 0,
  createdAt: now,
  ...facts,
});
const secondsUntil = (instant: Date | undefined) => ((instant?.getTime() ?? Number.NaN) - now.getTime()) / 1000;

describe('what the relay does with a message', () => {
  it('tries the bus, then HTTPS', () => {
    expect(channelsToTry(message(), now, timing)).toEqual(['bus', 'https']);
  });

  it('tries HTTPS alone when the bus took it and nobody confirmed', () => {
    expect(channelsToTry(message({ state: 'sent', onBusSince: ago(15) }), now, timing)).toEqual(['https']);
  });

  it('gives it to the bus again after a while, because a broker may lose what it acknowledged', () => {
    expect(channelsToTry(message({ state: 'sent', onBusSince: ago(900) }), now, timing)).toEqual(['https', 'bus']);
  });

  it('tries the bus too when it only ever went by HTTPS', () => {
    expect(channelsToTry(message({ state: 'sent' }), now, timing)).toEqual(['https', 'bus']);
  });

  it('knows no other way than the bus for what an organisation tells its own systems, however often', () => {
    const own = createEvent({ type: 'nl.anw.dossier.enriched.v1', source: regisseur.did, recipient: regisseur.did, subject: 's' }, { now });
    for (const facts of [{}, { state: 'sent', onBusSince: ago(15) }, { state: 'sent', onBusSince: ago(900) }, { state: 'sent' }] as const) expect(channelsToTry(message({ ...facts, event: own }), now, timing)).toEqual(['bus']);
    expect(channelsToTry(message({ event: own, createdAt: ago(24 * 3600) }), now, timing)).toEqual([]);
  });

  it('gives up after a day: no authorization lasts longer', () => {
    expect(channelsToTry(message({ createdAt: ago(24 * 3600 - 1) }), now, timing)).not.toEqual([]);
    expect(channelsToTry(message({ createdAt: ago(24 * 3600) }), now, timing)).toEqual([]);
  });

  it('waits fifteen seconds for the receipt', () => {
    expect(secondsUntil(nextAttemptAfterSending(message(), now, timing, () => 0))).toBe(15);
  });

  it('waits for no receipt of a receipt', () => {
    expect(nextAttemptAfterSending(message({ event: createReceipt(event, { now }) }), now, timing, () => 0)).toBeUndefined();
  });

  it.each([
    [0, 1],
    [1, 2],
    [5, 32],
    [6, 60],
    [5_000, 60],
  ])('pauses after failure %i for %i seconds', (attempts, seconds) => {
    expect(secondsUntil(nextAttemptAfterFailure(message({ attempts }), now, timing, () => 0))).toBe(seconds);
  });

  it('takes up to half of a pause off by chance, so that senders do not return together', () => {
    expect(secondsUntil(nextAttemptAfterFailure(message({ attempts: 3 }), now, timing, () => 1))).toBe(4);
  });
});
