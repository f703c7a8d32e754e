import type { Session } from '@anw/identity';
import { createOutbound, type Outbound } from '@anw/outbound';
import { PushMessageTable, PushSubscriptionTable, SignalListener } from '@anw/persistence';
import { ServiceLogger } from '@anw/platform';
import { serviceCoreEntities } from '@anw/service-core';
import { type CertificateAuthority, createCertificateAuthority, createTestDatabase, exampleUser, type TestDatabase } from '@anw/testing';
import { EmployeeIdentifier, OrganisationId, OrganisationName } from '@anw/values';
import { createOrganisationSealing } from '@anw/veramo';
import { jwtVerify } from 'jose';
import { createECDH, createPublicKey, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { raiseSignal } from '@anw/persistence';
import { actorMigrations } from '../migrations/index.js';
import { NurseSessions } from './nurse-sessions.js';
import { PushKeys } from './push-keys.js';
import { PushSender } from './push-sender.js';
import { PushSubscriptions } from './push-subscriptions.js';

/** A stranger's implementation of RFC 8188, as a browser has its own. */
const ece = createRequire(import.meta.url)('http_ece') as {
  decrypt(body: Buffer, options: { readonly version: 'aes128gcm'; readonly privateKey: ReturnType<typeof createECDH>; readonly authSecret: string }): Buffer;
};

const wijkzorg = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const eik = OrganisationId.parse('22222222-2222-4222-8222-222222222222');
const noor = EmployeeIdentifier.parse('e-10442');
const sem = EmployeeIdentifier.parse('e-10517');
const contact = 'https://actor.example';

interface Posted {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** A browser: its key pair, its secret, and where it hears. */
function createBrowser(endpoint: string) {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  const auth = randomBytes(16).toString('base64url');
  return {
    subscription: { endpoint, keys: { p256dh: pair.getPublicKey().toString('base64url'), auth } },
    read: ({ body }: Posted) => JSON.parse(ece.decrypt(body, { version: 'aes128gcm', privateKey: pair, authSecret: auth }).toString()) as unknown,
  };
}

let test: TestDatabase;
let authority: CertificateAuthority;
let service: Server;
let host: string;
let outbound: Outbound;
let signals: SignalListener;
const posted: Posted[] = [];
let status = 201;
let now = new Date();

beforeAll(async () => {
  test = await createTestDatabase(actorMigrations, serviceCoreEntities);
  authority = await createCertificateAuthority({ name: 'Push CA', validDays: 2 });
  const { certificatePem, privateKeyPem } = await authority.issue({ dnsNames: ['push.localhost'], serverAuth: true, days: 1 });
  service = createServer({ cert: certificatePem, key: privateKeyPem }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posted.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) });
      response.writeHead(status).end();
    });
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  host = `push.localhost:${(service.address() as AddressInfo).port}`;
  outbound = createOutbound({ ca: authority.certificatePem, allowedInternalHosts: ['*.localhost'], requireTls: true, timeoutMilliseconds: 2_000, maxResponseBytes: 1_000 });
  signals = new SignalListener(test.url, 20);
  await signals.connect();
});

afterAll(async () => {
  await signals?.close();
  await outbound?.close();
  service?.closeAllConnections();
  service?.close();
  await test?.drop();
});

beforeEach(async () => {
  await test.database.acrossOrganisations((tx) => tx.query('DELETE FROM push_subscription'));
  posted.splice(0);
  [status, now] = [201, new Date()];
});

const sealing = createOrganisationSealing({ current: randomBytes(32) });
const keys = () => new PushKeys(test.database, sealing);
const settings = (services = [host]) => ({ services, contact: undefined });
const subscriptions = (services?: string[]) => new PushSubscriptions(test.database, sealing, settings(services));
const logger = new ServiceLogger('actor', { level: 'silent' });

function createSender(services?: string[]): PushSender {
  return new PushSender(test.database, signals, sealing, keys(), outbound.fetch, settings(services), contact, () => now, logger);
}

function sessionOf(identifier = noor, organisationId = wijkzorg): Session {
  const user = { ...exampleUser(now), identifier, roles: ['nurse'], organisation: OrganisationName.parse('wijkzorg-nacht'), organisationId };
  return { hash: randomBytes(32).toString('hex'), user, openedAt: now, lastSeenAt: now, expiresAt: new Date(now.getTime() + 12 * 3_600_000) };
}

let browsers = 0;
async function subscribe(session = sessionOf()) {
  const browser = createBrowser(`https://${host}/send/${(browsers += 1)}`);
  await subscriptions().subscribe(session, browser.subscription);
  return browser;
}

const queue = (notice: 'visit-added' | 'visit-withdrawn', practitioner: EmployeeIdentifier | undefined = noor, organisation = wijkzorg) =>
  test.database.withOrganisation(organisation, (tx) => new PushMessageTable(tx).queueNotice(notice, practitioner, now));
const rows = async (table: 'push_subscription' | 'push_message') => (await test.database.acrossOrganisations((tx) => tx.query(`SELECT 1 FROM ${table}`))).length;

describe('a notice to a nurse’s phone', () => {
  it('can be read by her browser alone, and says nothing of whom it is about', async () => {
    const browser = await subscribe();
    await queue('visit-added');
    await createSender().sendDue();
    expect(posted).toHaveLength(1);
    expect(browser.read(posted[0]!)).toEqual({ notice: 'visit-added', title: 'Nieuw bezoek', body: 'Er is een nieuw bezoek. Open uw route.' });
    expect(() => createBrowser('https://x').read(posted[0]!)).toThrow();
    expect(await rows('push_message')).toBe(0);
  });

  it('is signed with the organisation’s own key for that push service, lives for minutes and replaces an older one', async () => {
    await subscribe();
    await queue('visit-added');
    await createSender().sendDue();
    const { headers } = posted[0]!;
    expect(headers).toMatchObject({ ttl: '900', urgency: 'high', topic: 'visit-added', 'content-encoding': 'aes128gcm' });
    const [, jwt, key] = /^vapid t=([^,]+), k=(.+)$/.exec(String(headers['authorization'])) ?? [];
    expect(key).toBe((await keys().keyOf(wijkzorg)).publicKey);
    const point = Buffer.from(key ?? '', 'base64url');
    const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
    const { payload } = await jwtVerify(jwt ?? '', createPublicKey({ key: jwk, format: 'jwk' }), { audience: `https://${host}`, algorithms: ['ES256'] });
    expect(payload.sub).toBe(contact);
  });

  it('goes to every browser of hers and to nobody else’s', async () => {
    await subscribe(sessionOf(noor));
    await subscribe(sessionOf(noor));
    await subscribe(sessionOf(sem));
    await subscribe(sessionOf(noor, eik));
    await queue('visit-added');
    await createSender().sendDue();
    expect(posted).toHaveLength(2);
  });

  it('goes to every nurse of the organisation when the visit names nobody', async () => {
    await subscribe(sessionOf(noor));
    await subscribe(sessionOf(sem));
    await subscribe(sessionOf(noor, eik));
    await test.database.withOrganisation(wijkzorg, (tx) => new PushMessageTable(tx).queueNotice('visit-added', undefined, now));
    await createSender().sendDue();
    expect(posted).toHaveLength(2);
  });

  it('is one, however much changed before it could be sent', async () => {
    await subscribe();
    await queue('visit-added');
    await queue('visit-added');
    await Promise.all([createSender().sendDue(), createSender().sendDue()]);
    expect(posted).toHaveLength(1);
  });

  it('is not sent when what it tells of was rolled back', async () => {
    await subscribe();
    await test.database
      .withOrganisation(wijkzorg, async (tx) => {
        await new PushMessageTable(tx).queueNotice('visit-added', noor, now);
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    await createSender().sendDue();
    expect(posted).toEqual([]);
  });

  it('leaves as soon as the change commits', async () => {
    await subscribe();
    const sender = createSender();
    sender.start();
    await test.database.withOrganisation(wijkzorg, async (tx) => {
      await new PushMessageTable(tx).queueNotice('visit-added', noor, now);
      await raiseSignal(tx, 'visit_route', { organisation: wijkzorg, id: 'b7a1' });
    });
    const from = Date.now();
    while (posted.length === 0 && Date.now() - from < 3_000) await sleep(10);
    await sender.beforeApplicationShutdown();
    expect(posted).toHaveLength(1);
  });

  it.each([404, 410, 403])('is the last one to a browser that has given up (%i)', async (answer) => {
    await subscribe();
    status = answer;
    await queue('visit-added');
    await createSender().sendDue();
    expect([await rows('push_subscription'), await rows('push_message')]).toEqual([0, 0]);
  });

  it('is tried again while the push service has no answer, and not once it is old news', async () => {
    await subscribe();
    status = 503;
    await queue('visit-added');
    await createSender().sendDue();
    expect([await rows('push_message'), posted.length]).toEqual([1, 1]);
    status = 201;
    now = new Date(now.getTime() + 5_000);
    await createSender().sendDue();
    expect([await rows('push_message'), posted.length]).toEqual([0, 2]);
    status = 503;
    await queue('visit-added');
    now = new Date(now.getTime() + 901_000);
    await createSender().sendDue();
    expect(await rows('push_message')).toBe(0);
  });

  it('is not posted at a host that is no longer known', async () => {
    await subscribe();
    await queue('visit-added');
    await createSender(['fcm.googleapis.com']).sendDue();
    expect([posted.length, await rows('push_subscription')]).toEqual([0, 0]);
  });
});

describe('a browser that hears', () => {
  it.each(['https://evil.example/x', 'http://push.localhost/x', 'https://127.0.0.1:1/x', 'https://169.254.169.254/latest'])('is refused when it names %s', async (endpoint) => {
    await expect(subscriptions().subscribe(sessionOf(), createBrowser(endpoint).subscription)).rejects.toMatchObject({ problem: 'not-acceptable' });
    expect(await rows('push_subscription')).toBe(0);
  });

  it('is one, however often its page says so, and belongs to who used it last', async () => {
    const session = sessionOf();
    const browser = await subscribe(session);
    await subscriptions().subscribe(session, browser.subscription);
    await subscriptions().subscribe(sessionOf(sem, eik), browser.subscription);
    await queue('visit-added');
    await createSender().sendDue();
    expect([await rows('push_subscription'), posted.length]).toEqual([1, 0]);
  });

  it('hears nothing after she logged out', async () => {
    const session = sessionOf();
    await subscribe(session);
    await new NurseSessions(test.database).end(session.hash);
    expect(await rows('push_subscription')).toBe(0);
  });

  it('hears nothing after its nurse ended her shift', async () => {
    await subscribe();
    await test.database.withOrganisation(eik, (tx) => new PushSubscriptionTable(tx).forgetOfPractitioner(noor));
    expect(await rows('push_subscription')).toBe(1);
    await test.database.withOrganisation(wijkzorg, (tx) => new PushSubscriptionTable(tx).forgetOfPractitioner(noor));
    expect(await rows('push_subscription')).toBe(0);
  });

  it('hears nothing once its login is over', async () => {
    await subscribe();
    now = new Date(now.getTime() + 12 * 3_600_000);
    await queue('visit-added');
    await createSender().sendDue();
    expect([posted.length, await rows('push_subscription')]).toEqual([0, 0]);
  });

  it('is taken off by its own nurse only', async () => {
    const { subscription } = await subscribe();
    await subscriptions().unsubscribe(sessionOf(sem).user, subscription.endpoint);
    expect(await rows('push_subscription')).toBe(1);
    await subscriptions().unsubscribe(sessionOf(noor).user, subscription.endpoint);
    expect(await rows('push_subscription')).toBe(0);
  });

  it('cannot be read in the database', async () => {
    const { subscription } = await subscribe();
    const [row] = await test.database.acrossOrganisations((tx) => tx.query<{ all: string }>('SELECT push_subscription::text AS all FROM push_subscription'));
    const stored = row!.all + Buffer.from(row!.all).toString('hex');
    for (const secret of [subscription.endpoint, subscription.keys.auth, Buffer.from(subscription.endpoint).toString('hex')]) expect(stored).not.toContain(secret);
  });
});

describe('the key by which push services know an organisation', () => {
  it('is made once, and is another for each organisation', async () => {
    const [first, second, other] = await Promise.all([keys().keyOf(wijkzorg), keys().keyOf(wijkzorg), keys().keyOf(eik)]);
    expect(first).toEqual(second);
    expect(other.publicKey).not.toBe(first.publicKey);
    expect(Buffer.from(first.publicKey, 'base64url')).toHaveLength(65);
  });
});
