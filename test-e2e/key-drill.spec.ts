import { AuthorizationView, DossierView } from '@anw/api-contracts';
import { parseCredential } from '@anw/credentials';
import { createDidWebResolver, createVerificationKeys, parseCompactJws } from '@anw/identity';
import { createDocumentFetch, type OutboundFetch } from '@anw/outbound';
import { ask, castOf, createOperatorClient, createStoryContext, eventually, type Region, type ServiceName } from '@anw/region';
import { recordFigure } from '@anw/testing/figures';
import { Client } from 'pg';
import { z } from 'zod';
import { putStrangerOnDuty, type StrangerOnDuty } from './support/assigned-stranger.js';
import { askFhir, bloodPressuresOf } from './support/fhir-request.js';
import { runLogTool } from './support/log-tool.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { playPart } from './support/play-part.js';
import { startTemporaryRegion } from './support/temporary-region.js';

const SECOND = 1_000;
/** A DID document may be kept for a minute; a request and a look take their time as well. */
const WITHIN = 65 * SECOND;

const Key = z.strictObject({ kid: z.string(), state: z.enum(['active', 'retired', 'withdrawn']), signFrom: z.string() });
const Keys = z.strictObject({ keys: z.array(Key) });
const Document = z.looseObject({ assertionMethod: z.array(z.string()) });

describe('the drill: keys rotated, and one that leaked withdrawn', () => {
  let region: Region;
  let network: PartnerNetwork;
  let anyone: OutboundFetch;

  beforeAll(async () => {
    region = await startTemporaryRegion({ bus: 'none', logLevel: 'error' });
    network = await openPartnerNetwork(region);
    anyone = network.connect();
  });
  afterAll(async () => {
    await network?.close();
    await region?.stop();
  });

  const organisation = (name: string) => region.file.organisations.find((candidate) => candidate.name === name)!;
  const keysAt = (service: ServiceName, name: string) => ({
    list: async () => (await createOperatorClient(region.file.services[service].operator).get(`/operator/organisations/${name}/keys`, Keys)).keys,
    rotate: () => createOperatorClient(region.file.services[service].operator).post(`/operator/organisations/${name}/keys/rotate`, { signFrom: new Date().toISOString() }, Key),
    withdraw: async (kid: string) => {
      const response = await fetch(`${region.file.services[service].operator}/operator/organisations/${name}/keys/withdraw`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-operator': 'b-1' }, body: JSON.stringify({ kid }) });
      return { status: response.status, body: (await response.json()) as unknown };
    },
  });
  const publishedBy = async (name: string) => {
    const { service, did } = organisation(name);
    const response = await anyone(`${region.file.services[service].partner}/iam/${did.split(':').at(-1)}/did.json`);
    return { cacheControl: response.headers.get('cache-control'), kids: Document.parse(await response.json()).assertionMethod };
  };
  const kidOf = (jwt: string): string => parseCompactJws(jwt).kid;
  /** Nobody asks for a document more than once in five seconds: so long at most does a partner not know a key that signs from its first moment. */
  const onceSeen = <T>(act: () => Promise<T>): Promise<T> => eventually('partners have seen the new key', () => act().catch(() => undefined), 15 * SECOND);
  const statusAt = async ({ custodian, fetch }: StrangerOnDuty, token: string) => (await askFhir({ custodian, fetch }, token, bloodPressuresOf(custodian.patient))).status;

  it('a new key signs, and what the old one signed stays good: credentials, tokens, status lists and heads of the log', async () => {
    const stranger = await putStrangerOnDuty(region, network, 0);
    const before = await stranger.assign();
    const rotated = await keysAt('regisseur', 'regie-oost').rotate();
    const old = kidOf(before.credential);

    expect(await publishedBy('regie-oost')).toEqual({ cacheControl: 'max-age=60', kids: expect.arrayContaining([rotated.kid, old]) });
    expect(await statusAt(stranger, before.token)).toBe(200);
    expect(await statusAt(stranger, await stranger.tokenFor(before.credential))).toBe(200);
    const after = await onceSeen(() => stranger.assign());
    expect([kidOf(after.credential), await statusAt(stranger, after.token)]).toEqual([rotated.kid, 200]);
    for (const { statusListCredential, type } of parseCredential(before.credential).status as unknown as readonly { statusListCredential: string; type: string }[]) {
      const list = await (await anyone(statusListCredential)).text();
      if (type === 'BitstringStatusListEntry') expect(kidOf(list)).toBe(rotated.kid);
      else expect((JSON.parse(list) as { proof: { verificationMethod: string } }).proof.verificationMethod).toBe(rotated.kid);
    }

    const verify = () => runLogTool('verify-log', '--organisation', 'de-linde', '--database', region.file.database.services.custodian.url);
    await eventually('the log has a head', async () => ((await verify()).code === 0 ? true : undefined), 30 * SECOND);
    await keysAt('custodian', 'de-linde').rotate();
    expect([await statusAt(stranger, after.token), (await verify()).code]).toEqual([200, 0]);
  });

  it('a key that leaked is worth nothing within the minute that a DID document may be kept, and nurses under way go on', async () => {
    const stranger = await putStrangerOnDuty(region, network, 0);
    const held = await stranger.assign();
    const story = createStoryContext(region, region.file.patients[0]!);
    await playPart(story, { to: 'delivered' });
    const nurse = await story.sessionOf(castOf(story).nurse.username);
    const visit = story.kept<AuthorizationView>('authorization');
    const leaked = kidOf(held.credential);
    expect(await statusAt(stranger, await stranger.tokenFor(held.credential))).toBe(200);

    const from = performance.now();
    const { status, body } = await keysAt('regisseur', 'regie-oost').withdraw(leaked);
    expect([status, Keys.parse(body).keys.find(({ kid }) => kid === leaked)?.state]).toEqual([200, 'withdrawn']);
    expect((await publishedBy('regie-oost')).kids).not.toContain(leaked);

    // The actor has the same authorization under the new key, and what it lies on is refused to nobody for long.
    await eventually('the actor holds what was signed anew', async () => ((await jwtHeldBy(visit.credential)).some((jwt) => kidOf(jwt) !== leaked) ? true : undefined), 30 * SECOND);
    const reissued = performance.now() - from;
    await eventually('what the leaked key signed is refused', async () => ((await stranger.tokenFor(held.credential).catch(() => 'refused')) === 'refused' ? true : undefined), WITHIN);
    const refused = performance.now() - from;
    recordFigure(5, 'key withdrawn to its authorizations signed anew at the actor', Math.round(reissued / SECOND), 's');
    recordFigure(5, 'key withdrawn to what it signed refused', Math.round(refused / SECOND), 's');
    expect(refused).toBeLessThan(WITHIN);

    const dossier = await ask(nurse, { method: 'GET', path: `/api/visits/${visit.id}/dossier`, answer: DossierView });
    expect(dossier.complete).toBe(true);
    expect(await statusAt(stranger, (await onceSeen(() => stranger.assign())).token)).toBe(200);
    story.kept<AbortController>('listening').abort();
  });

  it('a custodian whose key leaked delegates anew by itself, and the desk goes on', async () => {
    const keys = keysAt('custodian', 'de-linde');
    const leaked = (await keys.list()).filter(({ state }) => state !== 'withdrawn').map(({ kid }) => kid);
    for (const kid of leaked) expect((await keys.withdraw(kid)).status).toBe(200);
    expect((await keys.list()).filter(({ state }) => state === 'active')).toHaveLength(1);
    const [now] = (await keys.list()).filter(({ state }) => state === 'active');
    await eventually('the regisseur holds a delegation under the new key', async () => ((await delegationsHeld()).some((jwt) => kidOf(jwt) === now!.kid) ? true : undefined), 30 * SECOND);
    const stranger = await putStrangerOnDuty(region, network, 0);
    expect(await statusAt(stranger, (await onceSeen(() => stranger.assign())).token)).toBe(200);
  });

  it('an actor whose key leaked presents with the new one from the next request on', async () => {
    const keys = keysAt('actor', 'wijkzorg-nacht');
    const [signing] = await keys.list();
    expect((await keys.withdraw(signing!.kid)).status).toBe(200);
    const story = createStoryContext(region, region.file.patients[1]!);
    await playPart(story, { to: 'dossier-opened' });
    story.kept<AbortController>('listening').abort();
    expect((await publishedBy('wijkzorg-nacht')).kids).toEqual([(await keys.list()).find(({ state }) => state === 'active')!.kid]);
  });

  it('is in the log, with who did it', async () => {
    const { events } = await createOperatorClient(region.file.services.custodian.operator).get(
      '/operator/organisations/de-linde/audit-events?name=key.withdrawn&limit=10',
      z.object({ events: z.array(z.looseObject({ query: z.string().optional(), practitioner: z.looseObject({ identifier: z.string() }).optional() })) }),
    );
    expect(events.length).toBeGreaterThan(0);
    expect(events.every(({ query, practitioner }) => query?.startsWith(organisation('de-linde').did) && practitioner?.identifier === 'b-1')).toBe(true);
  });

  it.each([
    ['a key that nobody knows', (did: string) => ({ kid: `${did}#unknown` }), 404],
    ['what is no key', () => ({ kid: 'key-1' }), 400],
    ['nothing', () => ({}), 400],
  ])('is not done to %s', async (_what, body, status) => {
    const response = await fetch(`${region.file.services.custodian.operator}/operator/organisations/de-linde/keys/withdraw`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body(organisation('de-linde').did)) });
    expect(response.status).toBe(status);
  });

  it('tells a partner that was made without us the same: what a withdrawn key signed cannot be verified', async () => {
    const stranger = await putStrangerOnDuty(region, network, 0);
    const { credential } = await onceSeen(() => stranger.assign());
    const keys = createVerificationKeys(createDidWebResolver({ fetchDocument: createDocumentFetch(anyone), clock: () => new Date() }));
    await expect(keys.assertionKey(parseCompactJws(credential).kid)).resolves.toBeDefined();
    const withdrawn = (await keysAt('regisseur', 'regie-oost').list()).find(({ state }) => state === 'withdrawn')!;
    await expect(keys.assertionKey(withdrawn.kid as never)).rejects.toMatchObject({ code: 'unknown-key' });
  });

  /** Behind the back of the services. */
  async function readFrom(service: ServiceName, sql: string, values: readonly unknown[] = []): Promise<readonly Record<string, unknown>[]> {
    const { server, services } = region.file.database;
    const client = new Client({ connectionString: Object.assign(new URL(server), { pathname: new URL(services[service].url).pathname }).toString() });
    await client.connect();
    try {
      return (await client.query(sql, [...values])).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  }
  const jwtHeldBy = async (credential: string) => (await readFrom('actor', 'SELECT jwt FROM received_authorization WHERE authorization_id = $1 AND jwt IS NOT NULL', [credential])).map(({ jwt }) => String(jwt));
  const delegationsHeld = async () => (await readFrom('regisseur', 'SELECT jwt FROM received_delegation')).map(({ jwt }) => String(jwt));
});
