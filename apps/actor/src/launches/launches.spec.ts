import type { LaunchInput } from '@anw/api-contracts';
import type { Organisation } from '@anw/identity';
import { AuditTrailTable, forgetExpiredLaunches } from '@anw/persistence';
import { DatabaseSessions, ServiceLogger } from '@anw/platform';
import { serviceCoreEntities } from '@anw/service-core';
import { createTestDatabase, createTestParties, type TestDatabase } from '@anw/testing';
import { EmployeeIdentifier, OrganisationId, OrganisationName } from '@anw/values';
import { createHash, randomUUID } from 'node:crypto';
import { actorMigrations } from '../migrations/index.js';
import { LaunchClients } from './launch-clients.js';
import { readBasicCredentials } from '@anw/service-core';
import { embeddedOrganisation, launchUrl } from './launch-url.js';
import { Launches } from './launches.js';

const { actor } = createTestParties();
const organisationOf = (id: string, name: string): Organisation => ({ ...actor.organisation, id: OrganisationId.parse(id), name: OrganisationName.parse(name) });
const nacht = organisationOf('11111111-1111-4111-8111-111111111111', 'wijkzorg-nacht');
const eik = organisationOf('22222222-2222-4222-8222-222222222222', 'de-eik');

let test: TestDatabase;
let now: Date;
beforeAll(async () => {
  test = await createTestDatabase(actorMigrations, serviceCoreEntities);
});
afterAll(() => test.drop());
beforeEach(() => (now = new Date()));

const clock = () => now;
const sessions = () => new DatabaseSessions(test.database);
const clients = () => new LaunchClients(test.database, clock);
const launches = () =>
  new Launches(test.database, { findByName: async (name: OrganisationName) => [nacht, eik].find((organisation) => organisation.name === name) } as never, sessions(), { 'urn:ecd:2fa': 'substantial' }, clock, new ServiceLogger('actor', { level: 'silent' }));

const seconds = (count: number) => (now = new Date(now.getTime() + count * 1000));
const noor = (change: Partial<LaunchInput['user']> = {}): LaunchInput => ({
  user: { identifier: EmployeeIdentifier.parse('e-10442'), name: 'Noor de Wit', roleName: 'Verpleegkundige', acr: 'urn:ecd:2fa', authenticatedAt: new Date(now.getTime() - 3_600_000).toISOString(), ...change },
});
const addClient = (organisation = nacht) => clients().add(organisation, { name: 'ECD', origins: ['https://ecd.example'] }, EmployeeIdentifier.parse('b-1'));
const log = (organisation = nacht) => test.database.withOrganisation(organisation.id, (tx) => new AuditTrailTable(tx).listEvents({ limit: 5 }));
const codeFor = async (input: LaunchInput = noor()) => (await launches().prepare(nacht, (await addClient()).client, input)).code;

describe('a care record system that opens the nurse’s pages within its own', () => {
  it('is admitted by its id and secret, at its own organisation only', async () => {
    const { client, secret } = await addClient();
    expect(await launches().admit(nacht, { id: client.id, secret }, randomUUID())).toMatchObject({ id: client.id });
    await expect(launches().admit(eik, { id: client.id, secret }, randomUUID())).rejects.toMatchObject({ problem: 'unauthenticated' });
  });

  it.each([
    ['without credentials', undefined],
    ['with an id that is none', { id: 'ecd', secret: 'x' }],
    ['with an id that nobody has', { id: '00000000-0000-4000-8000-000000000000', secret: 'x' }],
  ])('is refused %s', async (_how, credentials) => {
    await expect(launches().admit(nacht, credentials, randomUUID())).rejects.toMatchObject({ problem: 'unauthenticated', headers: { 'www-authenticate': expect.stringContaining('Basic') as string } });
  });

  it('is refused with a wrong secret, and its organisation’s log says so', async () => {
    const { client } = await addClient();
    const reference = randomUUID();
    await expect(launches().admit(nacht, { id: client.id, secret: 'wrong' }, reference)).rejects.toMatchObject({ problem: 'unauthenticated' });
    expect(await log()).toContainEqual(expect.objectContaining({ name: 'user.login-refused', reason: 'launch-secret-wrong', reference }));
  });

  it('has its secret told once, and kept nowhere', async () => {
    const { secret } = await addClient();
    const [row] = await test.database.acrossOrganisations((tx) => tx.query<{ all: string }>(`SELECT string_agg(launch_client::text, ' ') AS all FROM launch_client`));
    expect(row!.all).not.toContain(secret);
  });

  it('opens nothing any more once it is removed, codes that it holds included', async () => {
    const { client, secret } = await addClient();
    const { code } = await launches().prepare(nacht, client, noor());
    expect(await clients().remove(nacht, client.id, undefined)).toBe(true);
    await expect(launches().admit(nacht, { id: client.id, secret }, randomUUID())).rejects.toMatchObject({ problem: 'unauthenticated' });
    await expect(launches().exchange(nacht.name, code)).rejects.toMatchObject({ problem: 'unauthenticated' });
    expect((await log())[0]).toMatchObject({ name: expect.any(String) as string });
    expect(await clients().remove(nacht, client.id, undefined)).toBe(false);
  });

  it('may show the pages of its own organisation in a frame, at its own origins', async () => {
    await addClient();
    expect(await launches().originsOf(nacht.name)).toEqual(['https://ecd.example']);
    expect(await launches().originsOf(eik.name)).toEqual([]);
    expect(await launches().originsOf(OrganisationName.parse('nobody'))).toEqual([]);
  });
});

describe('a launch code', () => {
  it('becomes a session of the nurse whom the system vouches for, once, and the log says how', async () => {
    const visit = randomUUID();
    const code = await codeFor({ ...noor(), visit });
    const launched = await launches().exchange(nacht.name, code);
    expect(launched).toMatchObject({ visit });
    const session = await sessions().find(createHash('sha256').update(launched.token).digest('hex'));
    expect(session?.user).toMatchObject({ identifier: 'e-10442', name: 'Noor de Wit', roles: ['nurse'], assuranceLevel: 'substantial', means: 'ehr-launch', organisation: nacht.name });
    expect(await log()).toContainEqual(expect.objectContaining({ name: 'user.logged-in', query: expect.stringMatching(/^launch by [0-9a-f-]{36}$/) as string }));
    await expect(launches().exchange(nacht.name, code)).rejects.toMatchObject({ problem: 'unauthenticated' });
  });

  it('is taken by one of two who come at once', async () => {
    const code = await codeFor();
    const answers = await Promise.allSettled([1, 2, 3, 4].map(() => launches().exchange(nacht.name, code)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is over after a minute', async () => {
    const code = await codeFor();
    seconds(60);
    await expect(launches().exchange(nacht.name, code)).rejects.toMatchObject({ problem: 'unauthenticated' });
  });

  it('that nobody used is forgotten with the person it names', async () => {
    await codeFor();
    const count = async () => Number((await test.database.acrossOrganisations((tx) => tx.query<{ count: string }>('SELECT count(*) AS count FROM launch_code')))[0]!.count);
    await test.database.acrossOrganisations((tx) => forgetExpiredLaunches(tx, new Date(now.getTime() + 59_000)));
    const all = await count();
    expect(all).toBeGreaterThan(0);
    expect(await test.database.acrossOrganisations((tx) => forgetExpiredLaunches(tx, new Date(now.getTime() + 24 * 3_600_000)))).toBe(all);
    expect(await count()).toBe(0);
  });

  it('opens nothing at the pages of another organisation', async () => {
    const code = await codeFor();
    await expect(launches().exchange(eik.name, code)).rejects.toMatchObject({ problem: 'unauthenticated' });
    await expect(launches().exchange(nacht.name, code)).resolves.toBeDefined();
  });

  it('lies in the database as a hash', async () => {
    const code = await codeFor();
    const [row] = await test.database.acrossOrganisations((tx) => tx.query<{ all: string }>(`SELECT string_agg(launch_code::text, ' ') AS all FROM launch_code`));
    expect(row!.all).not.toContain(code);
  });

  it.each([
    ['an acr that nobody listed', { acr: 'urn:other' }, 'low'],
    ['no acr', { acr: undefined }, 'low'],
    ['an acr that is listed', {}, 'substantial'],
  ] as const)('for a login with %s is worth %s', async (_what, change, level) => {
    const { token } = await launches().exchange(nacht.name, await codeFor(noor(change)));
    expect((await sessions().find(createHash('sha256').update(token).digest('hex')))?.user.assuranceLevel).toBe(level);
  });

  it.each([
    ['twelve hours ago', -12 * 3600],
    ['in two minutes', 120],
  ])('is not given for somebody who logged in %s', async (_when, offset) => {
    const { client } = await addClient();
    const authenticatedAt = new Date(now.getTime() + offset * 1000).toISOString();
    await expect(launches().prepare(nacht, client, noor({ authenticatedAt }))).rejects.toMatchObject({ problem: 'not-acceptable' });
  });
});

describe('client credentials in a header', () => {
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
  it('are read as RFC 6749 §2.3.1 writes them', () => expect(readBasicCredentials(basic('a%3Ab:c%20d:e'))).toEqual({ id: 'a:b', secret: 'c d:e' }));
  it('that are endless are absent', () => expect(readBasicCredentials(`Basic ${'A'.repeat(2_000)}`)).toBeUndefined());
  it.each([undefined, '', 'Bearer x', 'Basic', 'Basic ???', basic('no-colon'), basic('%zz:x')])('that are none are absent: %s', (header) => expect(readBasicCredentials(header)).toBeUndefined());
});

describe('the address in the frame', () => {
  it('keeps its code from every server', () => expect(new URL(launchUrl('https://nacht.example', nacht.name, 'c0de'))).toMatchObject({ pathname: '/embedded/wijkzorg-nacht/launch', search: '', hash: '#code=c0de' }));

  it.each([
    ['/embedded/de-eik/launch', 'de-eik'],
    ['/embedded/de-eik', 'de-eik'],
    ['/embedded/', undefined],
    ['/route', undefined],
    ['/x/embedded/de-eik/', undefined],
    ['/embedded/De%20Eik/', undefined],
  ])('%s belongs to %s', (path, organisation) => expect(embeddedOrganisation(path)).toBe(organisation));
});
