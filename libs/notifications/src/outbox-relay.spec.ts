import { createTestParty, InMemoryNotifications } from '@anw/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEvent, createReceipt } from './create-event.js';
import type { ClaimedMessage, ClaimRequest, NotificationChannel } from './outbox.js';
import { OutboxRelay } from './outbox-relay.js';

const regisseur = createTestParty('regie');
const actor = createTestParty('nacht');
const silent = createTestParty('stil');

/** Lets a spec wait for a number of looks instead of a time: whatever a look set off has happened some looks later. */
class CountingNotifications extends InMemoryNotifications {
  private looks = 0;

  override async claimDue(request: ClaimRequest): Promise<readonly ClaimedMessage[]> {
    this.looks += 1;
    return super.claimDue(request);
  }

  async lookedAt(times: number): Promise<void> {
    const enough = this.looks + times;
    while (this.looks < enough) await sleep(2);
  }
}

/** A relay over stores in memory, channels that record, and a clock that the spec turns. */
function setUp(channels: { bus?: 'takes' | 'refuses'; https?: 'takes' | 'refuses' | NotificationChannel['send'] } = { bus: 'takes', https: 'takes' }) {
  const memory = new CountingNotifications();
  const sent: string[] = [];
  let now = new Date('2026-11-22T03:00:00Z');
  const channel = (name: 'bus' | 'https', behaviour: 'takes' | 'refuses' | NotificationChannel['send']): NotificationChannel => ({
    name,
    send: async (message) => {
      sent.push(`${name} ${message.event.id}`);
      if (behaviour === 'refuses') throw Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
      if (behaviour !== 'takes') await behaviour(message);
    },
  });
  const relay = new OutboxRelay({
    store: memory,
    channels: (['bus', 'https'] as const).flatMap((name) => (channels[name] === undefined ? [] : [channel(name, channels[name])])),
    clock: () => now,
    random: () => 0,
    pollMilliseconds: 5,
  });
  const put = async (recipient = actor) => {
    const event = createEvent({ type: 'nl.anw.authorization.offered.v1', source: regisseur.did, recipient: recipient.did, subject: 's' }, { now });
    await memory.transaction(regisseur.organisation.id, ({ outbox }) => outbox.put(event, 'signed'));
    return event;
  };
  const turnClock = (seconds: number) => (now = new Date(now.getTime() + seconds * 1000));
  const settled = () => memory.lookedAt(3);
  return { memory, relay, sent, put, turnClock, settled };
}

describe('the relay of the outbox', () => {
  it('sends what a commit left, at the kick', async () => {
    const { relay, memory, put, sent, settled } = setUp();
    relay.start();
    const event = await put();
    relay.kick();
    await settled();
    expect(sent).toEqual([`bus ${event.id}`]);
    expect(memory.message(event.id)).toMatchObject({ state: 'sent', attempts: 1 });
    await relay.stop();
  });

  it('finds what nobody kicked for', async () => {
    const { relay, put, sent, settled } = setUp();
    relay.start();
    await settled();
    await put();
    await settled();
    expect(sent).toHaveLength(1);
    await relay.stop();
  });

  it('goes by HTTPS at once when the bus is away', async () => {
    const { relay, put, sent, settled } = setUp({ bus: 'refuses', https: 'takes' });
    relay.start();
    const event = await put();
    await settled();
    expect(sent).toEqual([`bus ${event.id}`, `https ${event.id}`]);
    await relay.stop();
  });

  it('goes by HTTPS alone in a region without a bus', async () => {
    const { relay, put, sent, settled } = setUp({ https: 'takes' });
    relay.start();
    const event = await put();
    await settled();
    expect(sent).toEqual([`https ${event.id}`]);
    await relay.stop();
  });

  it('goes by HTTPS as well when the bus took it and no receipt came in time', async () => {
    const { relay, memory, put, sent, turnClock, settled } = setUp();
    relay.start();
    const event = await put();
    await settled();
    turnClock(14);
    await settled();
    expect(sent).toHaveLength(1);
    turnClock(1);
    await settled();
    expect(sent).toEqual([`bus ${event.id}`, `https ${event.id}`]);
    expect(memory.message(event.id)).toMatchObject({ state: 'sent' });
    await relay.stop();
  });

  it('stops when the receipt is there', async () => {
    const { relay, memory, put, sent, turnClock, settled } = setUp();
    relay.start();
    const event = await put();
    await settled();
    await memory.transaction(regisseur.organisation.id, ({ outbox }) => outbox.markReceived(event.id, new Date(), actor.did));
    turnClock(3600);
    await settled();
    expect(sent).toHaveLength(1);
    await relay.stop();
  });

  it('sends a receipt until a channel took it, and not again', async () => {
    const { relay, memory, put, sent, turnClock, settled } = setUp();
    const receipt = createReceipt(await put(silent), { now: new Date('2026-11-22T03:00:00Z') });
    await memory.transaction(silent.organisation.id, ({ outbox }) => outbox.put(receipt, 'signed'));
    relay.start();
    await settled();
    turnClock(3600);
    await settled();
    expect(sent.filter((line) => line.endsWith(receipt.id))).toHaveLength(1);
    expect(memory.message(receipt.id)).toMatchObject({ state: 'sent', nextAttemptAt: undefined });
    await relay.stop();
  });

  it('parks what could not be brought in a day, where people see it', async () => {
    const { relay, memory, put, turnClock, settled } = setUp({ bus: 'refuses', https: 'refuses' });
    relay.start();
    const event = await put();
    await settled();
    expect(memory.message(event.id)).toMatchObject({ state: 'pending', attempts: 1 });
    turnClock(24 * 3600);
    await settled();
    expect(memory.message(event.id)).toMatchObject({ state: 'parked', nextAttemptAt: undefined });
    await relay.stop();
  });

  it('lets a partner that does not answer keep nobody else waiting', async () => {
    let open = () => undefined as void;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const { relay, memory, put, settled } = setUp({ https: async ({ event }) => (event.data.recipient === silent.did ? gate : undefined) });
    relay.start();
    for (let count = 0; count < 200; count += 1) await put(silent);
    await settled();
    const event = await put(actor);
    relay.kick();
    await settled();
    expect(memory.message(event.id)).toMatchObject({ state: 'sent' });
    open();
    await relay.stop();
  });

  it('goes on after its store was out of reach', async () => {
    const { memory, put, settled } = setUp();
    const errors: unknown[] = [];
    const claimDue = memory.claimDue.bind(memory);
    memory.claimDue = async (request) => {
      const claimed = await claimDue({ ...request, limit: errors.length < 2 ? 0 : request.limit });
      if (errors.length < 2) throw new Error('no database');
      return claimed;
    };
    const relay = new OutboxRelay({
      store: memory,
      channels: [{ name: 'https', send: async () => undefined }],
      clock: () => new Date('2026-11-22T03:00:01Z'),
      random: () => 0,
      pollMilliseconds: 5,
      onError: (error) => errors.push(error),
    });
    const event = await put();
    relay.start();
    await settled();
    await settled();
    expect(errors).toHaveLength(2);
    expect(memory.message(event.id)).toMatchObject({ state: 'sent' });
    await relay.stop();
  });

  it('stops only when what it had in hand is recorded', async () => {
    let open = () => undefined as void;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const { relay, memory, put, settled } = setUp({ https: () => gate });
    relay.start();
    const event = await put();
    relay.kick();
    await settled();
    const stopped = relay.stop();
    open();
    await stopped;
    expect(memory.message(event.id)).toMatchObject({ state: 'sent' });
  });
});
