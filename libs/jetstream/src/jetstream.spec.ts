import {
  createEvent,
  durableName,
  NOTIFICATION_STREAM,
  type NotificationEvent,
  notificationSubject,
  type NotificationStores,
  OutboxRelay,
  receiveNotification,
  type ReceiveNotificationPorts,
  type ReceiveResult,
  recipientFilter,
  signEvent,
} from '@anw/notifications';
import { createTestParty, freePort, InMemoryNotifications, keysOfParties, signersOfParties, startNats, startTcpProxy, type TcpProxy, type TestParty } from '@anw/testing';
import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Controller, type INestMicroservice, Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload } from '@nestjs/microservices';
import { setTimeout as sleep } from 'node:timers/promises';
import { JetStreamChannel } from './jetstream-channel.js';
import { BusUnavailableError, JetStreamConnection } from './jetstream-connection.js';
import { type BusNotification, JetStreamTransport, NOTIFICATION_PATTERN } from './jetstream-transport.js';

const natsUrl = process.env['ANW_TEST_NATS_URL'] ?? '';

type Handle = (message: BusNotification) => Promise<ReceiveResult>;

@Controller()
class NotificationHandler {
  constructor(@Inject('handle') private readonly handle: Handle) {}

  @EventPattern(NOTIFICATION_PATTERN)
  onNotification(@Payload() message: BusNotification): Promise<ReceiveResult> {
    return this.handle(message);
  }
}

@Module({})
class ReceiverModule {}

/** A service that receives for some organisations; its stores outlive it, as a database does. */
interface Service {
  readonly transport: JetStreamTransport;
  stop(): Promise<void>;
}

const running: Service[] = [];

async function startService(handle: Handle, parties: readonly TestParty[], url: string | undefined = natsUrl): Promise<Service> {
  const transport = new JetStreamTransport(url === undefined ? undefined : new JetStreamConnection({ url, name: 'spec' }));
  const module = { module: ReceiverModule, controllers: [NotificationHandler], providers: [{ provide: 'handle', useValue: handle }] };
  const app: INestMicroservice = await NestFactory.createMicroservice(module, { strategy: transport, logger: false });
  for (const { organisation } of parties) transport.serve(organisation);
  await app.listen();
  let stopped: Promise<void> | undefined;
  const service = { transport, stop: () => (stopped ??= app.close()) };
  running.push(service);
  return service;
}

/** Receives with stores in memory, and remembers the effects. */
function receiver(senders: readonly TestParty[], parties: readonly TestParty[], inbox?: NotificationStores['inbox']) {
  const memory = new InMemoryNotifications();
  const effects: NotificationEvent[] = [];
  const ports: ReceiveNotificationPorts<NotificationStores> = {
    keys: keysOfParties(...senders),
    signers: signersOfParties(...parties),
    clock: () => new Date(),
    effects: { 'nl.anw.authorization.offered.v1': { apply: async (_stores, event) => void effects.push(event) } },
    transaction: (organisation, work) => memory.transaction(organisation, (stores) => work(inbox === undefined ? stores : { ...stores, inbox })),
  };
  const handle: Handle = (message) => receiveNotification(message.recipient, message, ports);
  return { memory, effects, handle };
}

function offered(source: TestParty, recipient: TestParty): NotificationEvent {
  return createEvent({ type: 'nl.anw.authorization.offered.v1', source: source.did, recipient: recipient.did, subject: `${source.did}#b7a1` }, { now: new Date() });
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('waited twenty seconds in vain');
    await sleep(10);
  }
}

describe('notifications over JetStream (design D12)', () => {
  const regisseur = createTestParty('regie');
  let sender: JetStreamConnection;
  let channel: JetStreamChannel;
  let raw: NatsConnection;

  beforeAll(async () => {
    raw = await connect({ servers: natsUrl });
    sender = new JetStreamConnection({ url: natsUrl, name: 'spec sender' });
    sender.open();
    await until(() => sender.readiness().up);
    channel = new JetStreamChannel(sender);
  });
  afterEach(() => Promise.all(running.splice(0).map((service) => service.stop())));
  afterAll(async () => {
    await sender.close();
    await raw.close();
  });

  async function send(event: NotificationEvent): Promise<NotificationEvent> {
    await channel.send({ event, jws: await signEvent(event, regisseur.signer) });
    return event;
  }
  const publishRaw = (recipient: TestParty, text: string, msgID?: string) => jetstream(raw).publish(notificationSubject(offered(regisseur, recipient)), text, { msgID });
  const consumerOf = async ({ did }: TestParty) => (await jetstreamManager(raw)).consumers.info(NOTIFICATION_STREAM, durableName(did));

  it('bring an event to the service of its recipient', async () => {
    const actor = createTestParty('nacht');
    const { effects, memory, handle } = receiver([regisseur], [actor]);
    await startService(handle, [actor]);
    const event = await send(offered(regisseur, actor));
    await until(() => effects.length === 1);
    expect(effects).toEqual([event]);
    expect(memory.messages).toEqual([expect.objectContaining({ state: 'pending', event: expect.objectContaining({ data: { recipient: regisseur.did, inReplyTo: event.id } }) })]);
  });

  it('are kept in a file for seven days, and read under one durable name per organisation with explicit acknowledgement', async () => {
    const actor = createTestParty('nacht');
    await startService(receiver([regisseur], [actor]).handle, [actor]);
    await until(() => consumerOf(actor).then(() => true, () => false));
    const { config } = await consumerOf(actor);
    expect(config).toMatchObject({ durable_name: durableName(actor.did), filter_subject: recipientFilter(actor.did), ack_policy: AckPolicy.Explicit, deliver_policy: DeliverPolicy.All });
    const stream = await (await jetstreamManager(raw)).streams.info(NOTIFICATION_STREAM);
    expect(stream.config).toMatchObject({ subjects: ['anw.v1.>'], storage: 'file', max_age: 7 * 24 * 3600 * 1e9, duplicate_window: 120 * 1e9 });
  });

  it('wait for a service that is stopped', async () => {
    const actor = createTestParty('nacht');
    const { effects, handle } = receiver([regisseur], [actor]);
    const first = await startService(handle, [actor]);
    await send(offered(regisseur, actor));
    await until(() => effects.length === 1);
    await first.stop();
    const missed = [await send(offered(regisseur, actor)), await send(offered(regisseur, actor))];
    await startService(handle, [actor]);
    await until(() => effects.length === 3);
    expect(effects.slice(1)).toEqual(missed);
  });

  it('wait for an organisation that is added while the service runs', async () => {
    const [early, late] = [createTestParty('vroeg'), createTestParty('laat')];
    const { effects, handle } = receiver([regisseur], [early, late]);
    const { transport } = await startService(handle, [early]);
    const event = await send(offered(regisseur, late));
    await until(() => transport.readiness().up);
    transport.serve(late.organisation);
    transport.serve(late.organisation);
    await until(() => effects.length === 1);
    expect(effects).toEqual([event]);
  });

  it('reach their own recipient only', async () => {
    const [one, other] = [createTestParty('een'), createTestParty('twee')];
    const [atOne, atOther] = [receiver([regisseur], [one]), receiver([regisseur], [other])];
    await startService(atOne.handle, [one]);
    await startService(atOther.handle, [other]);
    const event = await send(offered(regisseur, one));
    const last = await send(offered(regisseur, other));
    await until(() => atOne.effects.length === 1 && atOther.effects.length === 1);
    expect(atOne.effects).toEqual([event]);
    expect(atOther.effects).toEqual([last]);
  });

  it('are parked when a stranger puts those of one recipient on the subject of another', async () => {
    const [one, other] = [createTestParty('een'), createTestParty('twee')];
    const { effects, memory, handle } = receiver([regisseur], [one]);
    await startService(handle, [one]);
    await publishRaw(one, await signEvent(offered(regisseur, other), regisseur.signer));
    await until(() => memory.parked.length === 1);
    expect(memory.parked).toEqual([expect.objectContaining({ reason: 'other-recipient' })]);
    expect(effects).toEqual([]);
  });

  it('are shared by the replicas of a service: each is handled by one', async () => {
    const actor = createTestParty('nacht');
    const { effects, handle } = receiver([regisseur], [actor]);
    const calls: string[] = [];
    const counting: Handle = (message) => {
      calls.push(message.jws);
      return handle(message);
    };
    await startService(counting, [actor]);
    await startService(counting, [actor]);
    for (let count = 0; count < 50; count += 1) await send(offered(regisseur, actor));
    await until(() => effects.length === 50);
    await until(async () => (await consumerOf(actor)).num_ack_pending === 0);
    expect(new Set(calls).size).toBe(50);
    expect(calls).toHaveLength(50);
  });

  describe('that come twice', () => {
    it('are dropped by the broker when the sender repeats itself', async () => {
      const actor = createTestParty('nacht');
      const { effects, memory, handle } = receiver([regisseur], [actor]);
      const event = offered(regisseur, actor);
      for (let count = 0; count < 3; count += 1) await send(event);
      const last = await send(offered(regisseur, actor));
      await startService(handle, [actor]);
      await until(() => effects.length === 2);
      expect(effects).toEqual([event, last]);
      expect(memory.messages).toHaveLength(2);
    });

    it('have no second effect when the broker does not know the repeat for one', async () => {
      const actor = createTestParty('nacht');
      const { effects, memory, handle } = receiver([regisseur], [actor]);
      await startService(handle, [actor]);
      const jws = await signEvent(offered(regisseur, actor), regisseur.signer);
      for (let count = 0; count < 3; count += 1) await publishRaw(actor, jws);
      await until(() => memory.messages.length === 3);
      expect(effects).toHaveLength(1);
    });

    it('have a second effect when the inbox forgets (negative control)', async () => {
      const actor = createTestParty('nacht');
      const { effects, handle } = receiver([regisseur], [actor], { accept: async () => true, has: async () => false });
      await startService(handle, [actor]);
      const jws = await signEvent(offered(regisseur, actor), regisseur.signer);
      for (let count = 0; count < 2; count += 1) await publishRaw(actor, jws);
      await until(() => effects.length === 2);
    });

    it('have no second effect when the service dies after storing and before acknowledging', async () => {
      const actor = createTestParty('nacht');
      const { effects, memory, handle } = receiver([regisseur], [actor]);
      let calls = 0;
      await startService(async (message) => {
        const result = await handle(message);
        if ((calls += 1) === 1) throw new Error('killed before the acknowledgement');
        return result;
      }, [actor]);
      await send(offered(regisseur, actor));
      await until(() => memory.messages.length === 2);
      expect(effects).toHaveLength(1);
    });
  });

  describe('that cannot be handled', () => {
    it.each([
      ['rubbish', 'garbage', 'not-a-jws'],
      ['an empty message', '', 'not-a-jws'],
      ['a very long message', 'x'.repeat(20_000), 'too-large'],
    ])('are parked, and those behind them go on: %s', async (_what, garbage, reason) => {
      const actor = createTestParty('nacht');
      const { effects, memory, handle } = receiver([regisseur], [actor]);
      await startService(handle, [actor]);
      await publishRaw(actor, garbage);
      await send(offered(regisseur, actor));
      await until(() => effects.length === 1 && memory.parked.length === 1);
      expect(memory.parked).toEqual([expect.objectContaining({ channel: 'bus', reason, size: garbage.length })]);
      await until(async () => (await consumerOf(actor)).num_ack_pending === 0);
      expect((await consumerOf(actor)).num_redelivered).toBe(0);
    });

    it('now are offered again after a pause, and keep nobody behind them waiting', async () => {
      const actor = createTestParty('nacht');
      const { effects, handle } = receiver([regisseur], [actor]);
      const attempts: number[] = [];
      const failing = offered(regisseur, actor);
      const failingJws = await signEvent(failing, regisseur.signer);
      await startService(async (message) => {
        if (message.jws !== failingJws) return handle(message);
        attempts.push(message.attempt);
        return message.attempt === 1 ? { kind: 'retry', cause: new Error('database away') } : handle(message);
      }, [actor]);
      await channel.send({ event: failing, jws: failingJws });
      const behind = await send(offered(regisseur, actor));
      await until(() => effects.length === 2);
      expect(effects).toEqual([behind, failing]);
      expect(attempts).toEqual([1, 2]);
    });

    it('are offered again when the handler rejects', async () => {
      const actor = createTestParty('nacht');
      const { effects, handle } = receiver([regisseur], [actor]);
      await startService((message) => (message.attempt === 1 ? Promise.reject(new Error('bug')) : handle(message)), [actor]);
      await send(offered(regisseur, actor));
      await until(() => effects.length === 1);
    });
  });

  it('are in hand until the handler is done: a service that closes finishes what it began', async () => {
    const actor = createTestParty('nacht');
    const { effects, handle } = receiver([regisseur], [actor]);
    let open = () => undefined as void;
    const gate = new Promise<void>((resolve) => (open = resolve));
    let begun = false;
    const service = await startService(async (message) => {
      begun = true;
      await gate;
      return handle(message);
    }, [actor]);
    await send(offered(regisseur, actor));
    await until(() => begun);
    const stopped = service.stop();
    open();
    await stopped;
    expect(effects).toHaveLength(1);
    await until(async () => (await consumerOf(actor)).num_ack_pending === 0);
  });

  it('are offered again within seconds when the process that had them in hand died', async () => {
    const actor = createTestParty('nacht');
    const { effects, handle } = receiver([regisseur], [actor]);
    const first = await startService(handle, [actor]);
    await until(() => consumerOf(actor).then(() => true, () => false));
    await first.stop();
    const event = await send(offered(regisseur, actor));
    const inHand = await (await jetstream(raw).consumers.get(NOTIFICATION_STREAM, durableName(actor.did))).next();
    expect(inHand?.info.deliveryCount).toBe(1);
    await startService(handle, [actor]);
    await until(() => effects.length === 1);
    expect(effects).toEqual([event]);
  });

  it('that wait behind others for longer than that are not offered twice', async () => {
    const actor = createTestParty('nacht');
    const { handle } = receiver([regisseur], [actor]);
    const attempts: number[] = [];
    const slowly: Handle = async (message) => {
      attempts.push(message.attempt);
      await sleep(6_000);
      return handle(message);
    };
    await startService(slowly, [actor]);
    const events = await Promise.all(Array.from({ length: 18 }, () => send(offered(regisseur, actor))));
    await until(() => attempts.length >= events.length);
    expect(attempts).toEqual(events.map(() => 1));
  });

  it('carry the signed envelope and nothing else', async () => {
    const actor = createTestParty('nacht');
    const event = await send(offered(regisseur, actor));
    const stored = await (await jetstreamManager(raw)).streams.getMessage(NOTIFICATION_STREAM, { last_by_subj: notificationSubject(event) });
    expect(stored?.string()).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect([...(stored?.header.keys() ?? [])].sort()).toEqual(['Nats-Expected-Stream', 'Nats-Msg-Id']);
    const payload = JSON.parse(Buffer.from(stored?.string().split('.')[1] ?? '', 'base64url').toString()) as NotificationEvent;
    expect(payload).toEqual(event);
  });

  describe('when the bus comes and goes', () => {
    let proxy: TcpProxy;
    beforeEach(async () => {
      proxy = await startTcpProxy(natsUrl, await freePort());
    });
    afterEach(async () => {
      await Promise.all(running.splice(0).map((service) => service.stop()));
      await proxy.stop();
    });

    it('start without it, say so, and flow by themselves once it is there', async () => {
      const actor = createTestParty('nacht');
      const { effects, handle } = receiver([regisseur], [actor]);
      const event = await send(offered(regisseur, actor));
      const { transport } = await startService(handle, [actor], proxy.url);
      await until(() => transport.readiness().detail.startsWith('waiting for the bus'));
      expect(transport.readiness()).toEqual({ up: false, detail: expect.stringContaining('ECONNREFUSED') });
      await proxy.mend();
      await until(() => effects.length === 1);
      expect(effects).toEqual([event]);
      expect(transport.readiness()).toEqual({ up: true, detail: 'connected' });
    });

    it('go on after the connection was lost', async () => {
      const actor = createTestParty('nacht');
      const { effects, handle } = receiver([regisseur], [actor]);
      await proxy.mend();
      const { transport } = await startService(handle, [actor], proxy.url);
      await send(offered(regisseur, actor));
      await until(() => effects.length === 1);
      await proxy.cut();
      await until(() => !transport.readiness().up);
      const missed = await send(offered(regisseur, actor));
      await proxy.mend();
      await until(() => effects.length === 2);
      expect(effects[1]).toEqual(missed);
    });

    it('go on after the broker lost the memory of how far we were', async () => {
      const actor = createTestParty('nacht');
      const { effects, handle } = receiver([regisseur], [actor]);
      await startService(handle, [actor]);
      await until(() => consumerOf(actor).then(() => true, () => false));
      await (await jetstreamManager(raw)).consumers.delete(NOTIFICATION_STREAM, durableName(actor.did));
      await send(offered(regisseur, actor));
      await until(() => effects.length === 1);
    });

    it('go on with a broker that came back empty', async () => {
      const actor = createTestParty('nacht');
      const { effects, handle } = receiver([regisseur], [actor]);
      await proxy.mend();
      const { transport } = await startService(handle, [actor], proxy.url);
      await until(() => transport.readiness().up);
      await proxy.cut();
      await until(() => !transport.readiness().up);
      const empty = await startNats();
      await proxy.mend(empty.url);
      await until(() => transport.readiness().up);
      const connection = new JetStreamConnection({ url: empty.url, name: 'spec' });
      connection.open();
      await until(() => connection.readiness().up);
      const event = offered(regisseur, actor);
      await new JetStreamChannel(connection).send({ event, jws: await signEvent(event, regisseur.signer) });
      await until(() => effects.length === 1);
      await connection.close();
      await proxy.cut();
      await empty.stop();
    });

    it('are refused at once by the channel while it is away, so that HTTPS can take them', async () => {
      const away = new JetStreamConnection({ url: proxy.url, name: 'spec' });
      away.open();
      const event = offered(regisseur, createTestParty('nacht'));
      await expect(new JetStreamChannel(away).send({ event, jws: 'signed' })).rejects.toBeInstanceOf(BusUnavailableError);
      await away.close();
    });

    it('leave the outbox when it is back', async () => {
      const actor = createTestParty('nacht');
      const { effects, handle } = receiver([regisseur], [actor]);
      await startService(handle, [actor]);
      const connection = new JetStreamConnection({ url: proxy.url, name: 'spec' });
      connection.open();
      const memory = new InMemoryNotifications();
      const relay = new OutboxRelay({ store: memory, channels: [new JetStreamChannel(connection)], clock: () => new Date(), random: Math.random, pollMilliseconds: 50 });
      relay.start();
      const event = offered(regisseur, actor);
      const jws = await signEvent(event, regisseur.signer);
      await memory.transaction(regisseur.organisation.id, ({ outbox }) => outbox.put(event, jws));
      await until(() => (memory.message(event.id)?.attempts ?? 0) > 0);
      expect(memory.message(event.id)).toMatchObject({ state: 'pending' });
      await proxy.mend();
      await until(() => effects.length === 1);
      await until(() => memory.message(event.id)?.state === 'sent');
      await relay.stop();
      await connection.close();
    });

    it('do not keep a service from stopping', async () => {
      const service = await startService(receiver([], []).handle, [createTestParty('nacht')], proxy.url);
      const begun = Date.now();
      await service.stop();
      expect(Date.now() - begun).toBeLessThan(20_000);
    });
  });

  it('need no bus: without one the transport is ready and hands out nothing', async () => {
    const transport = new JetStreamTransport(undefined);
    transport.serve(regisseur.organisation);
    transport.listen(() => undefined);
    expect(transport.readiness()).toEqual({ up: true, detail: 'no bus configured: notifications go by HTTPS alone' });
    await transport.close();
  });
});
