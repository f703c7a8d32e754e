import type { CareRequestView, DossierView } from '@anw/api-contracts';
import { createEvent, NotificationEvent, notificationSubject, signEvent } from '@anw/notifications';
import { type BusMessage, castOf, createOperatorClient, createStoryContext, eventually, playStory, readBus, type Region, type StoryContext, storySteps } from '@anw/region';
import { createTestParty, freePort, type RunningServer, startNats, startTcpProxy, type TcpProxy } from '@anw/testing';
import { Did, DidUrl } from '@anw/values';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { askPartnerDoor } from './support/partner-request.js';
import { playPart } from './support/play-part.js';
import { readMetrics, valueOf } from './support/read-metrics.js';
import { startTemporaryRegion } from './support/temporary-region.js';

const Parked = z.object({ messages: z.array(z.looseObject({ id: z.string(), channel: z.string(), reason: z.string(), size: z.number() })) });
const Ready = z.object({ ready: z.boolean(), dependencies: z.record(z.string(), z.object({ state: z.string(), reason: z.string().optional() })) });

describe('notifications on the bus (design D7 and D12)', () => {
  let nats: RunningServer;
  let wire: TcpProxy;
  let region: Region;
  const contextOf = (patient: number): StoryContext => createStoryContext(region, region.file.patients[patient]!);
  const parkedAtActor = async () => (await createOperatorClient(region.file.services.actor.operator).get('/operator/parked-messages', Parked)).messages;

  beforeAll(async () => {
    nats = await startNats();
    wire = await startTcpProxy(nats.url, await freePort());
    await wire.mend();
    region = await startTemporaryRegion({ natsUrl: wire.url });
  });
  afterAll(async () => {
    await region?.stop();
    await wire?.stop();
    await nats?.stop();
  });

  it('hold references only: nothing of the patient, the nurse or the visit, in no message of the whole story', async () => {
    const context = contextOf(0);
    const { steps } = await playStory({ steps: storySteps, context, report: () => undefined });
    expect(steps.filter(({ ok }) => !ok).map(({ step, error }) => `${step}: ${error}`)).toEqual([]);
    const messages = await readBus(nats.url);
    const types = new Set(messages.map((message) => eventOf(message).type));
    expect([...types]).toEqual(expect.arrayContaining(['offered', 'received', 'opened', 'revoked'].map((name) => `nl.anw.authorization.${name}.v1`)));
    const secrets = secretsOf(context);
    for (const message of messages) {
      const text = everythingIn(message);
      expect(secrets.filter((secret) => isIn(text, secret))).toEqual([]);
    }
  });

  it('tell a custodian’s own systems that something came into its record, and everybody else nothing of it', async () => {
    const context = contextOf(4);
    const { custodian } = castOf(context);
    const operator = createOperatorClient(region.file.services.custodian.operator);
    const Enriched = z.object({ items: z.array(z.looseObject({ id: z.uuid(), resource: z.string() })), next: z.string() });
    const path = `/operator/organisations/${custodian.name}/enriched`;
    const { next } = await operator.get(path, Enriched);
    await playPart(context, { to: 'blood-pressure-written' });
    const { items } = await operator.get(`${path}?after=${next}`, Enriched);
    expect(items.length).toBeGreaterThanOrEqual(2);
    const ids = items.map(({ id }) => id);
    const heard = await eventually('the bus has all of it', async () => {
      const found = (await readBus(nats.url)).filter((message) => ids.includes(eventOf(message).id));
      return found.length === items.length ? found : undefined;
    }, 20_000);
    for (const message of heard) {
      const event = eventOf(message);
      expect(event).toMatchObject({ type: 'nl.anw.dossier.enriched.v1', source: custodian.did, subject: `urn:uuid:${event.id}`, data: { recipient: custodian.did } });
      expect(message.subject).toBe(notificationSubject(event));
      for (const { resource } of items) expect(everythingIn(message)).not.toContain(resource.split('/')[1]!);
      for (const secret of [context.patient.id, context.patient.bsn ?? context.patient.id, context.patient.handle, 'Observation']) expect(isIn(everythingIn(message), secret)).toBe(false);
    }
    // It came around, verified, to whoever sent it: nothing waits, nothing was refused.
    const waiting = async (state: string) => valueOf(await readMetrics(`${region.file.services.custodian.operator}/metrics`), 'anw_outbox_messages', { state });
    await eventually('nothing waits at the custodian', async () => ((await waiting('pending')) === 0 && (await waiting('awaiting_receipt')) === 0 ? true : undefined));
    expect((await operator.get('/operator/parked-messages', Parked)).messages).toEqual([]);
  });

  it('that nobody can read or trust are parked and seen, and hold up nothing', async () => {
    const { actor, regisseur } = castOf(contextOf(1));
    const recipient = Did.parse(actor.did);
    const subject = notificationSubject({ type: 'nl.anw.authorization.offered.v1', data: { recipient } });
    const before = new Set((await parkedAtActor()).map(({ id }) => id));
    const elsewhere = (await readBus(nats.url)).find((message) => eventOf(message).data.recipient !== recipient)!;
    const genuine = (await readBus(nats.url)).find((message) => message.subject === subject)!;
    const rubbish = {
      'random bytes': randomBytes(2_000),
      json: Buffer.from('{"specversion":"1.0"}'),
      'no bytes at all': Buffer.alloc(0),
      'from an organisation that does not exist': Buffer.from(await offerFromNobody(regisseur.did, recipient)),
      'under another’s name': Buffer.from(await forgedOffer(regisseur.did, genuine, recipient)),
      'changed on the way': Buffer.from(changedOnTheWay(genuine)),
      'meant for somebody else': Buffer.from(elsewhere.text),
    };
    await publishing(nats.url, async (bus) => {
      for (const bytes of Object.values(rubbish)) bus.publish(subject, bytes);
      // Its host may answer later: offered again after a pause, and in nobody's way meanwhile.
      bus.publish(subject, await offerFromStranger(recipient));
    });
    const parked = await eventually('all of it is parked', async () => {
      const found = (await parkedAtActor()).filter(({ id }) => !before.has(id));
      return found.length === Object.keys(rubbish).length ? found : undefined;
    }, 20_000);
    expect(parked.every(({ channel }) => channel === 'bus')).toBe(true);
    expect(parked.map(({ reason }) => reason).sort()).toEqual(['not-a-jws', 'not-a-jws', 'not-a-jws', 'other-recipient', 'sender-not-found', 'signature-invalid', 'signature-invalid']);

    await playPart(contextOf(1), { to: 'delivered' });
  });

  it('that nobody can read are refused with 400 at the door for partners outside the bus', async () => {
    const { actor, regisseur } = castOf(contextOf(1));
    const path = `/anw/${actor.name}/notifications`;
    const post = (body: string | Buffer, contentType = 'application/jose') => askPartnerDoor(region, 'actor', path, { method: 'POST', body, contentType });
    const genuine = (await readBus(nats.url)).find((message) => eventOf(message).data.recipient === actor.did)!;
    const elsewhere = (await readBus(nats.url)).find((message) => eventOf(message).data.recipient !== actor.did)!;
    for (const body of [randomBytes(2_000), '{"specversion":"1.0"}', 'a.b.c', await forgedOffer(regisseur.did, genuine, Did.parse(actor.did)), changedOnTheWay(genuine), elsewhere.text]) {
      expect(await post(body)).toMatchObject({ status: 400, contentType: expect.stringContaining('application/problem+json') });
    }
    expect(await post('{}', 'application/json')).toMatchObject({ status: 415 });
    expect(await post(genuine.text)).toMatchObject({ status: 202, body: '' });
  });

  it('go by HTTPS while the bus is away, and over the bus when it is back', async () => {
    const away = contextOf(2);
    await playPart(away, { to: 'precheck-green' });
    await wire.cut();
    await eventually('the actor misses its bus', async () => ((await readiness('actor')).dependencies['bus']?.state === 'down' ? true : undefined));
    const { ready, dependencies } = await readiness('actor');
    expect([ready, Object.entries(dependencies).filter(([, { state }]) => state !== 'ready').map(([name]) => name)]).toEqual([false, ['bus']]);

    await playPart(away, { from: 'nurse-logs-in', to: 'on-route' });
    await playPart(away, { from: 'dossier-opened', to: 'dossier-opened' });
    await wire.mend();
    for (const service of ['regisseur', 'custodian', 'actor'] as const) await eventually(`the ${service} has its bus back`, async () => ((await readiness(service)).ready ? true : undefined));
    await playPart(contextOf(3), { to: 'delivered' });
    await playPart(away, { from: 'opened-at-desk', to: 'revocation-at-custodian' });
  });

  async function readiness(service: 'regisseur' | 'custodian' | 'actor') {
    return Ready.parse(await (await fetch(`${region.file.services[service].operator}/health/ready`)).json());
  }
});

/** Each part of a compact JWS that is JSON, read. */
function partsOf({ text }: BusMessage): readonly string[] {
  return text.split('.').slice(0, 2).map((part) => Buffer.from(part, 'base64url').toString());
}

function eventOf(message: BusMessage): NotificationEvent {
  return NotificationEvent.parse(JSON.parse(partsOf(message)[1]!));
}

function everythingIn(message: BusMessage): string {
  return [message.subject, message.headers, ...partsOf(message)].join('\n');
}

/** As a word of its own: a short name is in many an identifier by chance. */
function isIn(text: string, secret: string): boolean {
  const literally = secret.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
  return new RegExp(`(?<![\\p{L}\\d])${literally}(?![\\p{L}\\d])`, 'iu').test(text);
}

/** What must be in no notification of this story (design D7). */
function secretsOf(context: StoryContext): readonly string[] {
  const { patient } = context;
  const { nurse, triagist } = castOf(context);
  const card = context.kept<DossierView>('dossier').patient;
  const [year, month, day] = patient.birthDate.split('-');
  const found = [
    ...[patient.bsn, patient.id, patient.handle, patient.handle.replace('urn:uuid:', ''), patient.name, patient.familyName],
    ...[patient.birthDate, `${day}-${month}-${year}`, `${year}${month}${day}`],
    ...(card?.addresses.flatMap((address) => [address, ...(address.match(/\d{4} ?[A-Z]{2}/g) ?? [])]) ?? []),
    ...(card?.telephones ?? []),
    ...[nurse, triagist].flatMap(({ name, username, employeeNumber }) => [name, username, employeeNumber, name.split(' ').at(-1)]),
    context.kept<CareRequestView>('care-request').description,
    context.kept<string>('report'),
  ];
  const secrets = found.filter((secret): secret is string => secret !== undefined && secret !== '');
  if (card === undefined || secrets.length < 15) throw new Error('the story kept too little to look for');
  return secrets;
}

function offer(source: Did, recipient: Did): NotificationEvent {
  const href = 'https://vreemd.example/anw/vreemd/authorizations/1';
  return createEvent({ type: 'nl.anw.authorization.offered.v1', source, recipient, subject: `${source}#${randomUUID()}`, href }, { now: new Date() });
}

/** Signed with a key of its own, by somebody whose host is not to be found. */
function offerFromStranger(recipient: Did): Promise<string> {
  const { did, signer } = createTestParty('vreemd');
  return signEvent(offer(did, recipient), signer);
}

/** In the name of an organisation that the regisseur's host denies. */
function offerFromNobody(regisseur: string, recipient: Did): Promise<string> {
  const did = Did.parse(regisseur.replace(/[^:]+$/, randomUUID()));
  return signEvent(offer(did, recipient), { ...createTestParty('niemand').signer, did, kid: DidUrl.parse(`${did}#key-1`) });
}

/** An offer in the regisseur's name and under its key id, signed with another key. */
async function forgedOffer(regisseur: string, genuine: BusMessage, recipient: Did): Promise<string> {
  const stranger = createTestParty('vreemd');
  const { kid } = z.object({ kid: z.string() }).parse(JSON.parse(partsOf(genuine)[0]!));
  const source = Did.parse(regisseur);
  return signEvent(offer(source, recipient), { ...stranger.signer, did: source, kid: DidUrl.parse(kid) });
}

/** A genuine message whose payload somebody has touched. */
function changedOnTheWay(message: BusMessage): string {
  const [header, , signature] = message.text.split('.');
  return [header, Buffer.from(JSON.stringify({ ...eventOf(message), id: randomUUID() })).toString('base64url'), signature].join('.');
}

async function publishing(url: string, work: (bus: NatsConnection) => Promise<void>): Promise<void> {
  const bus = await connect({ servers: url });
  await work(bus);
  await bus.flush();
  await bus.close();
}
