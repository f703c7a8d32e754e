import type { AuthorizationView } from '@anw/api-contracts';
import { castOf, createStoryContext, eventually, followRoute, type Region, type ServiceName, serviceNames } from '@anw/region';
import { freePort, type RunningServer, startNats, startPostgres, startTcpProxy, type TcpProxy } from '@anw/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { askPartnerDoor } from './support/partner-request.js';
import { playPart } from './support/play-part.js';
import { startTemporaryRegion } from './support/temporary-region.js';

const Ready = z.object({ ready: z.boolean(), dependencies: z.record(z.string(), z.object({ state: z.string(), reason: z.string().optional() })) });

describe('start of a service (docs: when something is missing)', () => {
  let postgres: RunningServer;
  let nats: RunningServer;
  let databaseWire: TcpProxy;
  let busWire: TcpProxy;
  let region: Region;
  const ended: string[] = [];

  beforeAll(async () => {
    [postgres, nats] = await Promise.all([startPostgres(), startNats()]);
    [databaseWire, busWire] = [await startTcpProxy(postgres.url, await freePort()), await startTcpProxy(nats.url, await freePort())];
    await Promise.all([databaseWire.mend(), busWire.mend()]);
    region = await startTemporaryRegion({ databaseUrl: databaseWire.url, natsUrl: busWire.url, onServiceEnd: ({ message }) => ended.push(message) });
  });
  afterAll(async () => {
    await region?.stop();
    await Promise.all([databaseWire?.stop(), busWire?.stop()]);
    await Promise.all([postgres?.stop(), nats?.stop()]);
  });
  afterEach(async () => {
    await Promise.all([databaseWire.mend(), busWire.mend()]);
    expect(ended).toEqual([]);
  });

  const operator = (service: ServiceName, path: string) => fetch(region.file.services[service].operator + path, { signal: AbortSignal.timeout(5_000) });
  const staff = (service: ServiceName, path: string) => fetch(region.file.services[service].staff + path, { redirect: 'manual', signal: AbortSignal.timeout(5_000) });

  async function readiness(service: ServiceName) {
    const response = await operator(service, '/health/ready');
    return { status: response.status, ...Ready.parse(await response.json()) };
  }

  const isReady = (service: ServiceName) => eventually(`the ${service} is ready`, async () => ((await readiness(service)).ready ? true : undefined));

  describe('without its database', () => {
    it('opens its doors, says what it waits for in the dialect of each route, and turns ready by itself', async () => {
      const custodian = region.service('custodian');
      const { organisations } = region.file;
      const { name, did } = organisations.find(({ service }) => service === 'custodian')!;
      await custodian.stop();
      await databaseWire.cut();
      const started = custodian.start();
      await eventually('the process answers', async () => (await operator('custodian', '/health/live').catch(() => undefined))?.ok || undefined);

      const { status, ready, dependencies } = await eventually('it has tried', async () => {
        const now = await readiness('custodian');
        return now.dependencies['database']?.reason === undefined ? undefined : now;
      });
      expect([status, ready, dependencies['database']]).toEqual([503, false, { state: 'waiting', reason: expect.stringContaining('database cannot be reached') }]);
      expect(JSON.stringify(dependencies)).not.toContain(new URL(custodian.environment['DATABASE_URL']!).password);

      const didPath = `/iam/${did.split(':').at(-1)}/did.json`;
      expect(await askPartnerDoor(region, 'custodian', didPath)).toMatchObject({ status: 503, contentType: expect.stringContaining('application/problem+json') });
      const token = await askPartnerDoor(region, 'custodian', `/oauth2/${name}/token`, { method: 'POST', body: 'grant_type=vp_token-bearer', contentType: 'application/x-www-form-urlencoded' });
      expect([token.status, JSON.parse(token.body)]).toEqual([503, expect.objectContaining({ error: 'temporarily_unavailable' })]);
      const fhir = await askPartnerDoor(region, 'custodian', `/fhir/${name}/Patient/p-1`);
      expect([fhir.status, JSON.parse(fhir.body)]).toEqual([503, expect.objectContaining({ resourceType: 'OperationOutcome' })]);
      const page = await staff('custodian', '/api/me');
      expect([page.status, await page.json()]).toEqual([503, expect.objectContaining({ title: 'De dienst is even niet beschikbaar' })]);

      await databaseWire.mend();
      await started;
      expect(await askPartnerDoor(region, 'custodian', didPath)).toMatchObject({ status: 200 });
      expect((await staff('custodian', '/api/me')).status).toBe(401);
      for (const service of serviceNames) await isReady(service);
    });

    it('answers that it is away while the database is, and goes on when it is back, with the same process', async () => {
      const context = createStoryContext(region, region.file.patients[0]!);
      await playPart(context, { to: 'dossier-opened' });
      const nurse = await context.sessionOf(castOf(context).nurse.username);
      const visit = context.kept<AuthorizationView>('authorization').id;
      const pids = serviceNames.map((service) => region.service(service).pid);
      const underWay = Array.from({ length: 5 }, () => nurse.request('GET', `/api/visits/${visit}/dossier`).then(({ status }) => status, () => 0));
      await databaseWire.cut();
      for (const status of await Promise.all(underWay)) expect([200, 502, 503]).toContain(status);

      for (const service of serviceNames) expect((await readiness(service)).dependencies['database']).toMatchObject({ state: 'down', reason: expect.stringContaining('database') });
      const refused = await nurse.request('GET', '/api/route');
      expect([refused.status, await refused.json()]).toEqual([503, expect.objectContaining({ title: 'De dienst is even niet beschikbaar' })]);
      const { name } = region.file.organisations.find(({ service }) => service === 'custodian')!;
      const fhir = await askPartnerDoor(region, 'custodian', `/fhir/${name}/Patient/p-1`);
      expect([401, 503]).toContain(fhir.status);
      expect(JSON.parse(fhir.body)).toMatchObject({ resourceType: 'OperationOutcome' });

      const listening = new AbortController();
      await databaseWire.mend();
      for (const service of serviceNames) await isReady(service);
      const events = await followRoute(nurse, listening.signal);
      await playPart(context, { from: 'dossier-opened', to: 'opened-at-desk' });
      // The bus, signals and sessions came back as well: another visit reaches the pages by itself.
      const next = createStoryContext(region, region.file.patients[1]!);
      await playPart(next, { to: 'delivered' });
      await eventually('the next visit appears on a page that was there', async () => events.find(({ event }) => event.type === 'visit-added' && event.stop.id === next.kept<AuthorizationView>('authorization').id));
      listening.abort();
      await playPart(context, { from: 'revoked' });
      expect(serviceNames.map((service) => region.service(service).pid)).toEqual(pids);
    });
  });

  describe('without its bus', () => {
    it('serves partners and staff, is not ready, and turns ready by itself when the bus comes', async () => {
      await region.service('actor').stop();
      await busWire.cut();
      const started = region.service('actor').start();
      const { status, dependencies } = await eventually('the bus alone is missing', async () => {
        const now = await readiness('actor').catch(() => undefined);
        return now !== undefined && Object.entries(now.dependencies).every(([name, { state }]) => (name === 'bus') !== (state === 'ready')) ? now : undefined;
      }, 30_000);
      expect([status, dependencies['bus']?.state]).toEqual([503, 'waiting']);
      expect((await staff('actor', '/api/me')).status).toBe(401);
      const context = createStoryContext(region, region.file.patients[2]!);
      await playPart(context, { to: 'on-route' });
      await busWire.mend();
      await started;
      await playPart(context, { from: 'dossier-opened' });
    });
  });

  describe('with settings that it cannot start with', () => {
    it.each(['PARTNER', 'STAFF', 'OPERATOR'])('says in one sentence that the port of its %s door is taken', async (door) => {
      const taken = createServer().listen(0, '127.0.0.1');
      await once(taken, 'listening');
      const { port } = taken.address() as { port: number };
      try {
        const free = { PARTNER_PORT: '0', STAFF_PORT: '0', OPERATOR_PORT: '0' };
        const { code, complaint } = await run('custodian', { ...free, [`${door}_PORT`]: String(port) });
        expect([code, complaint]).toEqual([1, `The ${door.toLowerCase()} door cannot open: port ${port} is in use. Stop what listens there, or set ${door}_PORT to a free port.\n`]);
      } finally {
        taken.close();
      }
    });

    it.each(serviceNames)('the %s names every wrong setting at once, and shows no value', async (service) => {
      const secret = 'Zeer-Geheim-77';
      const wrong = { PARTNER_PORT: secret, DATABASE_URL: undefined, KEY_ENCRYPTION_KEY: secret, NATS_URL: `x-${secret}`, OIDC_CLIENT_SECRET: '', TLS_TRUST_FILE: `/nowhere/${secret}` };
      const { code, complaint, output } = await run(service, wrong);
      expect(code).toBe(1);
      for (const name of Object.keys(wrong)) expect(complaint).toContain(`  - ${name}: `);
      const own = Object.entries(region.service(service).environment).filter(([name]) => /SECRET|KEY$|_URL$/.test(name) && name !== 'PARTNER_URL' && name !== 'STAFF_URL');
      for (const value of [secret, ...own.map(([, given]) => given!)]) expect(complaint + output).not.toContain(value);
      expect(complaint).not.toMatch(/^\s+at /m);
    });

    it.each(serviceNames)('the %s names each insecure setting of the local region in strict mode', async (service) => {
      for (const strictness of ['on', undefined]) {
        const { code, complaint } = await run(service, { STRICT_MODE: strictness });
        expect(code).toBe(1);
        expect([...complaint.matchAll(/^ {2}- (\w+): .*strict mode/gm)].map(([, name]) => name)).toEqual(['STAFF_URL', 'CLIENT_REVOCATION', 'OIDC_ISSUER', 'OUTBOUND_INTERNAL_HOSTS']);
      }
    });
  });

  /** Starts a service like the region's own with other settings, and waits until it has ended. */
  async function run(service: ServiceName, changes: NodeJS.ProcessEnv): Promise<{ readonly code: number | null; readonly complaint: string; readonly output: string }> {
    const script = join(import.meta.dirname, '..', 'apps', service, 'dist', 'main.js');
    const child = spawn(process.execPath, [script], { env: { ...region.service(service).environment, ...changes }, stdio: ['ignore', 'pipe', 'pipe'] });
    const late = setTimeout(() => child.kill('SIGKILL'), 40_000);
    let [complaint, output] = ['', ''];
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    clearTimeout(late);
    return { code, complaint, output };
  }
});
