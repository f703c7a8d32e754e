import { createEvent, createReceipt, OutboxRelay } from '@anw/notifications';
import { createTestDatabase, createTestParty, type TestDatabase } from '@anw/testing';
import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Transaction } from '../database/database.js';
import { InboxTable } from './inbox-table.js';
import { notificationEntities } from './notification-entities.js';
import { createNotificationTables } from './notification-tables.js';
import { OutboxTable } from './outbox-table.js';
import { listParkedEverywhere, ParkingTable } from './parking-table.js';
import { readOutboxBacklog, RelayTables } from './relay-tables.js';

class CreateNotifications1700000000000 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return createNotificationTables(runner);
  }
  async down(): Promise<void> {}
}

const regisseur = createTestParty('regie');
const other = createTestParty('ander');
const actor = createTestParty('nacht');
const now = new Date('2026-11-22T03:00:00Z');
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const offered = (at = now) => createEvent({ type: 'nl.anw.authorization.offered.v1', source: regisseur.did, recipient: actor.did, subject: 's' }, { now: at });

describe('notifications in PostgreSQL', () => {
  let test: TestDatabase;
  let relay: RelayTables;
  beforeAll(async () => {
    test = await createTestDatabase([CreateNotifications1700000000000], notificationEntities);
    relay = new RelayTables(test.database);
  });
  beforeEach(() =>
    test.database.acrossOrganisations(async (tx) => {
      for (const table of ['notification_outbox', 'notification_inbox', 'notification_parked']) await tx.query(`DELETE FROM ${table}`);
    }),
  );
  afterAll(() => test.drop());

  const as = <T>(party: typeof regisseur, work: (tx: Transaction) => Promise<T>) => test.database.withOrganisation(party.organisation.id, work);
  const claim = (at = now, limit = 10) => relay.claimDue({ now: at, leaseUntil: new Date(at.getTime() + 60_000), limit, exceptRecipients: [] });
  const put = async (event = offered()) => {
    await as(regisseur, (tx) => new OutboxTable(tx).put(event, 'signed'));
    return event;
  };
  const find = (id: string) => as(regisseur, (tx) => new OutboxTable(tx).findMessage(id));

  describe('outbox', () => {
    it('keeps a message with the transaction that put it there, and not without', async () => {
      const event = offered();
      const work = as(regisseur, async (tx) => {
        await new OutboxTable(tx).put(event, 'signed');
        throw new Error('effect failed');
      });
      await expect(work).rejects.toThrow('effect failed');
      expect(await find(event.id)).toBeUndefined();
      await put(event);
      expect(await find(event.id)).toEqual({ event, jws: 'signed', state: 'pending', attempts: 0, nextAttemptAt: now });
    });

    it('takes the same event once', async () => {
      const event = await put();
      await put(event);
      expect(await claim()).toHaveLength(1);
    });

    it('shows another organisation nothing', async () => {
      const event = await put();
      expect(await as(other, (tx) => new OutboxTable(tx).findMessage(event.id))).toBeUndefined();
      expect(await as(other, (tx) => tx.query('SELECT 1 FROM notification_outbox'))).toEqual([]);
    });

    it('is not changed by a receipt at another organisation', async () => {
      const event = await put();
      await as(other, (tx) => new OutboxTable(tx).markReceived(event.id, now, actor.did));
      expect(await find(event.id)).toMatchObject({ state: 'pending' });
    });

    it('ends with a receipt of the recipient, and of nobody else', async () => {
      const event = await put();
      await as(regisseur, (tx) => new OutboxTable(tx).markReceived(event.id, now, other.did));
      expect(await find(event.id)).toMatchObject({ state: 'pending' });
      await as(regisseur, (tx) => new OutboxTable(tx).markReceived(event.id, now, actor.did));
      expect(await find(event.id)).toMatchObject({ state: 'received', nextAttemptAt: undefined });
      expect(await claim(after(3600))).toEqual([]);
    });
  });

  describe('relay', () => {
    it('claims what is due, of every organisation', async () => {
      await put();
      const event = createReceipt(offered(), { now });
      await as(actor, (tx) => new OutboxTable(tx).put(event, 'signed'));
      const claimed = await claim();
      expect(claimed.map(({ organisation }) => organisation).sort()).toEqual([regisseur.organisation.id, actor.organisation.id].sort());
      expect(claimed.find(({ organisation }) => organisation === actor.organisation.id)).toMatchObject({ event, jws: 'signed', state: 'pending', attempts: 0, createdAt: now, onBusSince: undefined });
    });

    it('claims nothing that is not due yet', async () => {
      await put(offered(after(1)));
      expect(await claim()).toEqual([]);
      expect(await claim(after(1))).toHaveLength(1);
    });

    it('gives a message to one of several relays', async () => {
      await Promise.all(Array.from({ length: 20 }, () => put()));
      const claims = await Promise.all(Array.from({ length: 6 }, () => claim(now, 5)));
      const ids = claims.flat().map(({ event }) => event.id);
      expect(new Set(ids).size).toBe(ids.length);
      const rest = await claim(now, 20);
      expect(ids.length + rest.length).toBe(20);
    });

    it('offers a message again when the process that claimed it died before it said what became of it', async () => {
      const event = await put();
      await claim();
      expect(await claim(after(59))).toEqual([]);
      expect((await claim(after(60))).map((message) => message.event)).toEqual([event]);
    });

    it('leaves out recipients that are being tried enough', async () => {
      await put();
      expect(await relay.claimDue({ now, leaseUntil: after(60), limit: 10, exceptRecipients: [actor.did] })).toEqual([]);
    });

    it('remembers when the bus took it', async () => {
      const event = await put();
      const [message] = await claim();
      await relay.record(message!, { kind: 'taken', channel: 'bus', at: now, nextAttemptAt: after(15) });
      expect(await find(event.id)).toMatchObject({ state: 'sent', attempts: 1, nextAttemptAt: after(15) });
      expect(await claim(after(15))).toEqual([expect.objectContaining({ state: 'sent', attempts: 1, onBusSince: now })]);
      await relay.record(message!, { kind: 'taken', channel: 'https', at: after(15), nextAttemptAt: after(30) });
      expect(await claim(after(30))).toEqual([expect.objectContaining({ attempts: 2, onBusSince: now })]);
    });

    it('sets a failure aside until its next attempt', async () => {
      const event = await put();
      const [message] = await claim();
      await relay.record(message!, { kind: 'failed', failure: 'bus: ECONNREFUSED', nextAttemptAt: after(2) });
      expect(await find(event.id)).toMatchObject({ state: 'pending', attempts: 1, nextAttemptAt: after(2) });
    });

    it('does not undo a receipt that overtook it', async () => {
      const event = await put();
      const [message] = await claim();
      await as(regisseur, (tx) => new OutboxTable(tx).markReceived(event.id, now, actor.did));
      await relay.record(message!, { kind: 'taken', channel: 'bus', at: now, nextAttemptAt: after(15) });
      expect(await find(event.id)).toMatchObject({ state: 'received', nextAttemptAt: undefined });
    });

    it('shows what was given up', async () => {
      const event = await put();
      const [message] = await claim();
      await relay.record(message!, { kind: 'expired' });
      expect(await as(regisseur, (tx) => new OutboxTable(tx).listGivenUp(10))).toEqual([expect.objectContaining({ event, state: 'parked' })]);
      expect(await as(other, (tx) => new OutboxTable(tx).listGivenUp(10))).toEqual([]);
    });

    it('counts what waits', async () => {
      await put();
      await put(offered(after(1)));
      await put(offered(after(2)));
      const [sent, expired] = await claim(after(2), 2);
      await relay.record(sent!, { kind: 'taken', channel: 'bus', at: now, nextAttemptAt: after(15) });
      await relay.record(expired!, { kind: 'expired' });
      expect(await test.database.acrossOrganisations(readOutboxBacklog)).toEqual({ pending: 1, awaitingReceipt: 1, parked: 1 });
    });

    it('forgets what was settled long ago, and nothing that still has to go', async () => {
      const settled = await put();
      const waiting = await put();
      await as(regisseur, (tx) => new OutboxTable(tx).markReceived(settled.id, now, actor.did));
      await as(actor, (tx) => new InboxTable(tx).accept(settled, now));
      await relay.forgetBefore(after(1));
      expect(await find(settled.id)).toBeUndefined();
      expect(await find(waiting.id)).toBeDefined();
      expect(await as(actor, (tx) => new InboxTable(tx).has(settled))).toBe(false);
    });

    it('sends a message again when the process dies between the sending and the saying so, and the message is known by then', async () => {
      const event = await put();
      const handled: boolean[] = [];
      const deliver = async () => void handled.push(await as(actor, (tx) => new InboxTable(tx).accept(event, now)));
      const dying = Object.assign(Object.create(relay) as RelayTables, { record: async () => Promise.reject(new Error('killed')) });
      let clock = now;
      const relayOver = (store: RelayTables) =>
        new OutboxRelay({ store, channels: [{ name: 'bus', send: deliver }], clock: () => clock, random: () => 0, pollMilliseconds: 10 });
      const first = relayOver(dying);
      first.start();
      while (handled.length < 1) await new Promise(setImmediate);
      await first.stop();
      clock = after(60);
      const second = relayOver(relay);
      second.start();
      while ((await find(event.id))?.state !== 'sent') await new Promise(setImmediate);
      await second.stop();
      expect(handled).toEqual([true, false]);
    });
  });

  describe('inbox', () => {
    it('accepts an event once', async () => {
      const event = offered();
      expect(await as(actor, (tx) => new InboxTable(tx).accept(event, now))).toBe(true);
      expect(await as(actor, (tx) => new InboxTable(tx).accept(event, now))).toBe(false);
      expect(await as(actor, (tx) => new InboxTable(tx).has(event))).toBe(true);
    });

    it('accepts an event once when two transactions bring it at the same time', async () => {
      const event = offered();
      const answers = await Promise.all(Array.from({ length: 8 }, () => as(actor, (tx) => new InboxTable(tx).accept(event, now))));
      expect(answers.filter(Boolean)).toHaveLength(1);
    });

    it('accepts it again when the transaction of its effect failed', async () => {
      const event = offered();
      const failed = as(actor, async (tx) => {
        await new InboxTable(tx).accept(event, now);
        throw new Error('effect failed');
      });
      await expect(failed).rejects.toThrow();
      expect(await as(actor, (tx) => new InboxTable(tx).accept(event, now))).toBe(true);
    });

    it('of one organisation is not that of another', async () => {
      const event = offered();
      await as(actor, (tx) => new InboxTable(tx).accept(event, now));
      expect(await as(other, (tx) => new InboxTable(tx).has(event))).toBe(false);
      expect(await as(other, (tx) => new InboxTable(tx).accept(event, now))).toBe(true);
    });

    it('knows an event by its source as well as its id', async () => {
      const event = offered();
      await as(actor, (tx) => new InboxTable(tx).accept(event, now));
      expect(await as(actor, (tx) => new InboxTable(tx).accept({ ...event, source: other.did }, now))).toBe(true);
    });
  });

  describe('parked messages', () => {
    const parked = (id: string = randomUUID(), receivedAt = now) => ({ id, channel: 'bus' as const, reason: 'not-a-jws', receivedAt, size: 7 });

    it('are listed newest first, each once', async () => {
      const [older, newer] = [parked('older', now), parked('newer', after(1))];
      await as(actor, async (tx) => {
        await new ParkingTable(tx).park(older);
        await new ParkingTable(tx).park(newer);
        await new ParkingTable(tx).park(older);
      });
      expect(await as(actor, (tx) => new ParkingTable(tx).listParked(10))).toEqual([newer, older]);
      expect(await as(actor, (tx) => new ParkingTable(tx).listParked(1))).toEqual([newer]);
    });

    it('are seen by their organisation and by the operator, not by another organisation', async () => {
      const message = parked();
      await as(actor, (tx) => new ParkingTable(tx).park(message));
      expect(await as(other, (tx) => new ParkingTable(tx).listParked(10))).toEqual([]);
      expect(await test.database.acrossOrganisations((tx) => listParkedEverywhere(tx, 10))).toEqual([{ organisation: actor.organisation.id, ...message }]);
    });

    it('make room: a stranger who sends rubbish fills no disk', async () => {
      await as(actor, async (tx) => {
        await tx.query(
          `INSERT INTO notification_parked SELECT $1, 'old-' || n, 'bus', 'not-a-jws', $2::timestamptz - n * interval '1 second', 1 FROM generate_series(1, 1000) n`,
          [actor.organisation.id, now],
        );
        await new ParkingTable(tx).park(parked('newest'));
      });
      const left = await as(actor, (tx) => new ParkingTable(tx).listParked(2_000));
      expect(left).toHaveLength(1_000);
      expect(left[0]?.id).toBe('newest');
      expect(left.some(({ id }) => id === 'old-1000')).toBe(false);
    });
  });
});
