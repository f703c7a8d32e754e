import { DidResolutionError } from '@anw/identity';
import { createTestParty, InMemoryNotifications, keysOfParties, signersOfParties } from '@anw/testing';
import { createEvent, createReceipt } from './create-event.js';
import type { NotificationEvent } from './event.js';
import { UnacceptableNotificationError } from './notification-error.js';
import { type NotificationEffect, type NotificationStores, receiveNotification, type ReceiveNotificationPorts } from './receive-notification.js';
import { signEvent } from './sign-event.js';
import { verifyEvent } from './verify-event.js';

const regisseur = createTestParty('regie');
const actor = createTestParty('nacht');
const stranger = createTestParty('vreemd');
const now = new Date('2026-11-22T03:00:00Z');
const keys = keysOfParties(regisseur, actor, stranger);

const offered = (id?: string) =>
  createEvent({ type: 'nl.anw.authorization.offered.v1', source: regisseur.did, recipient: actor.did, subject: `${regisseur.did}#b7a1` }, { now, id });

function setUp(overrides: Partial<ReceiveNotificationPorts<NotificationStores>> = {}) {
  const memory = new InMemoryNotifications();
  const effects: NotificationEvent[] = [];
  const kicks: number[] = [];
  const apply = async (_stores: unknown, event: NotificationEvent) => void effects.push(event);
  const ports: ReceiveNotificationPorts<NotificationStores> = {
    keys,
    signers: signersOfParties(actor, regisseur),
    clock: () => now,
    effects: { 'nl.anw.authorization.offered.v1': { apply } },
    transaction: memory.transaction,
    committed: () => kicks.push(1),
    ...overrides,
  };
  const receive = (jws: string, options: { attempt?: number; channel?: 'bus' | 'https' } = {}) =>
    receiveNotification(actor.organisation, { jws, channel: options.channel ?? 'bus', attempt: options.attempt }, ports);
  return { memory, effects, kicks, receive };
}

const withEffect = (effect: NotificationEffect<NotificationStores>) => ({ effects: { 'nl.anw.authorization.offered.v1': effect } });

describe('receiving a notification (design D12)', () => {
  it('stores the event, has its effect and leaves a receipt for the sender', async () => {
    const { memory, effects, kicks, receive } = setUp();
    const event = offered();
    expect(await receive(await signEvent(event, regisseur.signer))).toEqual({ kind: 'stored', event });
    expect(effects).toEqual([event]);
    expect(kicks).toHaveLength(1);
    const [receipt] = memory.messages;
    expect(await verifyEvent(receipt?.jws ?? '', keys, { recipient: regisseur.did, now })).toMatchObject({ source: actor.did, data: { inReplyTo: event.id } });
  });

  it('changes nothing at a repeat, and receipts again', async () => {
    const { memory, effects, receive } = setUp();
    const jws = await signEvent(offered(), regisseur.signer);
    await receive(jws);
    expect(await receive(jws, { channel: 'https' })).toMatchObject({ kind: 'repeated' });
    expect(effects).toHaveLength(1);
    expect(memory.messages).toHaveLength(2);
  });

  it('has its effect twice when the inbox forgets (negative control)', async () => {
    const memory = new InMemoryNotifications();
    const { effects, receive } = setUp({
      transaction: (organisation, work) => memory.transaction(organisation, (stores) => work({ ...stores, inbox: { accept: async () => true, has: async () => false } })),
    });
    const jws = await signEvent(offered(), regisseur.signer);
    await receive(jws);
    await receive(jws);
    expect(effects).toHaveLength(2);
  });

  it('has one effect when the same event comes over both channels at once', async () => {
    const { effects, receive } = setUp();
    const jws = await signEvent(offered(), regisseur.signer);
    const results = await Promise.all([receive(jws), receive(jws, { channel: 'https' }), receive(jws)]);
    expect(results.map(({ kind }) => kind).sort()).toEqual(['repeated', 'repeated', 'stored']);
    expect(effects).toHaveLength(1);
  });

  it('takes an event of another sender that bears the same id', async () => {
    const { effects, receive } = setUp();
    const event = offered();
    await receive(await signEvent({ ...event, source: stranger.did }, stranger.signer));
    expect(await receive(await signEvent(event, regisseur.signer))).toMatchObject({ kind: 'stored' });
    expect(effects).toHaveLength(2);
  });

  it('leaves no trace of an effect that fails, and has it at the next attempt', async () => {
    let failing = true;
    const { memory, receive } = setUp(
      withEffect({
        apply: async () => {
          if (failing) throw new Error('database went away');
        },
      }),
    );
    const jws = await signEvent(offered(), regisseur.signer);
    expect(await receive(jws)).toMatchObject({ kind: 'retry', cause: new Error('database went away') });
    expect(memory.messages).toEqual([]);
    failing = false;
    expect(await receive(jws)).toMatchObject({ kind: 'stored' });
  });

  it('pulls what the notification refers to before the transaction, and not at a repeat', async () => {
    const pulled: string[] = [];
    const applied: unknown[] = [];
    const { receive } = setUp(
      withEffect({
        prepare: async (event, recipient) => pulled.push(`${recipient.did} ${event.id}`),
        apply: async (_stores, _event, prepared) => void applied.push(prepared),
      }),
    );
    const jws = await signEvent(offered(), regisseur.signer);
    await receive(jws);
    expect(await receive(jws)).toMatchObject({ kind: 'repeated' });
    expect(pulled).toHaveLength(1);
    expect(applied).toEqual([1]);
  });
});

describe('receiving a receipt', () => {
  const receipt = (event: NotificationEvent, party = actor) => createReceipt({ ...event, data: { ...event.data, recipient: party.did } }, { now });

  async function sent(event: NotificationEvent) {
    const memory = new InMemoryNotifications();
    await memory.transaction(regisseur.organisation.id, async ({ outbox }) => outbox.put(event, 'signed'));
    const { receive: _, ...set } = setUp();
    const ports = { keys, signers: signersOfParties(regisseur), clock: () => now, effects: {}, transaction: memory.transaction };
    return { ...set, memory, receive: (jws: string) => receiveNotification(regisseur.organisation, { jws, channel: 'bus' }, ports) };
  }

  it('ends the sending of the event it answers, and is not answered itself', async () => {
    const event = offered();
    const { memory, receive } = await sent(event);
    expect(await receive(await signEvent(receipt(event), actor.signer))).toMatchObject({ kind: 'stored' });
    expect(memory.message(event.id)).toMatchObject({ state: 'received', nextAttemptAt: undefined });
    expect(memory.messages).toHaveLength(1);
  });

  it('does not end the sending when anyone but the recipient sent it', async () => {
    const event = offered();
    const { memory, receive } = await sent(event);
    await receive(await signEvent(receipt(event, stranger), stranger.signer));
    expect(memory.message(event.id)).toMatchObject({ state: 'pending' });
  });
});

describe('what an organisation tells its own systems, come around to itself', () => {
  const own = createEvent({ type: 'nl.anw.dossier.enriched.v1', source: actor.did, recipient: actor.did, subject: 'urn:uuid:0e5d' }, { now });
  const effects = { 'nl.anw.dossier.enriched.v1': { apply: async () => undefined } };

  it('is its own receipt: it is sent no more, and not answered', async () => {
    const { memory, receive } = setUp({ effects });
    await memory.transaction(actor.organisation.id, ({ outbox }) => outbox.put(own, 'signed'));
    const jws = await signEvent(own, actor.signer);
    expect([(await receive(jws)).kind, (await receive(jws)).kind]).toEqual(['stored', 'repeated']);
    expect(memory.messages).toMatchObject([{ event: { id: own.id }, state: 'received', nextAttemptAt: undefined }]);
  });

  it('still waits when the same is said by anyone else', async () => {
    const { memory, receive } = setUp({ effects });
    await memory.transaction(actor.organisation.id, ({ outbox }) => outbox.put(own, 'signed'));
    await receive(await signEvent({ ...own, source: stranger.did }, stranger.signer));
    expect(memory.message(own.id)).toMatchObject({ state: 'pending' });
    expect(await receive(await signEvent(own, { ...stranger.signer, did: actor.did }))).toMatchObject({ kind: 'parked' });
    expect(memory.message(own.id)).toMatchObject({ state: 'pending' });
  });
});

describe('a message that cannot become a notification', () => {
  it('is parked with its reason and its size, without its text', async () => {
    const { memory, effects, receive } = setUp();
    expect(await receive('garbage with a name: J. de Vries')).toEqual({ kind: 'parked', reason: 'not-a-jws' });
    expect(effects).toEqual([]);
    expect(memory.parked).toEqual([{ id: expect.stringMatching(/^[0-9a-f]{32}$/), organisation: actor.organisation.id, channel: 'bus', reason: 'not-a-jws', receivedAt: now, size: 32 }]);
  });

  it('is parked once, however often it comes', async () => {
    const { memory, receive } = setUp();
    await receive('garbage');
    await receive('garbage', { channel: 'https' });
    expect(memory.parked).toHaveLength(1);
  });

  it('is parked when this service takes no such type', async () => {
    const { receive } = setUp({ effects: {} });
    expect(await receive(await signEvent(offered(), regisseur.signer))).toEqual({ kind: 'parked', reason: 'unexpected-type' });
  });

  it('is parked when its effect says that it is unacceptable, and has no effect', async () => {
    const { memory, receive } = setUp(withEffect({ apply: async () => Promise.reject(new UnacceptableNotificationError('unacceptable')) }));
    expect(await receive(await signEvent(offered(), regisseur.signer))).toEqual({ kind: 'parked', reason: 'unacceptable' });
    expect(memory.messages).toEqual([]);
  });

  it('is not parked while its sender may only be out of reach for now', async () => {
    const unreachable = { assertionKey: async () => Promise.reject(new DidResolutionError('unreachable', regisseur.did)) };
    const { memory, receive } = setUp({ keys: unreachable });
    expect(await receive(await signEvent(offered(), regisseur.signer), { attempt: 59 })).toMatchObject({ kind: 'retry' });
    expect(memory.parked).toEqual([]);
  });

  it('is parked when it has failed for an hour of attempts: the sender repeats for a day', async () => {
    const unreachable = { assertionKey: async () => Promise.reject(new DidResolutionError('unreachable', regisseur.did)) };
    const { receive } = setUp({ keys: unreachable });
    expect(await receive(await signEvent(offered(), regisseur.signer), { attempt: 60 })).toEqual({ kind: 'parked', reason: 'kept-failing' });
  });

  it('is tried again when it cannot even be parked', async () => {
    const { receive } = setUp({ transaction: async () => Promise.reject(new Error('no database')) });
    expect(await receive('garbage')).toMatchObject({ kind: 'retry' });
  });
});
