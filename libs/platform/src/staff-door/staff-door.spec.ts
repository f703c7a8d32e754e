import type { Session } from '@anw/identity';
import { auditEntities, AuditTrailTable, createAuditTables, createSessionTables, nameOrganisationsInAudit } from '@anw/persistence';
import { createTestDatabase, freePort, type TestDatabase } from '@anw/testing';
import { jest } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import { createServer, type Server } from 'node:http';
import { Provider } from 'oidc-provider';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { exampleOrganisation, exampleService, exampleStaffOptions, InMemorySessions, LogLines } from '../service/example-service.fixture.js';
import { type RunningService, startService } from '../service/start-service.js';
import { DatabaseSessions } from './database-sessions.js';
import { hashSessionSecret, SESSION_IDLE_MILLISECONDS, sessionCookieName } from './session-cookie.js';
import type { StaffSessions } from './staff-sessions.js';

// The provider's advice for production is not about this spec.
beforeAll(() => {
  for (const method of ['info', 'warn'] as const) jest.spyOn(console, method).mockImplementation(() => undefined);
});
afterAll(() => jest.restoreAllMocks());

const clientSecret = 'a-client-secret-of-the-spec';
const noor = { sub: 'noor', organisation: 'de-linde', employee_number: 'e-10442', name: 'Noor de Wit', role_name: 'Verpleegkundige', roles: ['nurse'] };

/** An OpenID provider that asks nothing: whoever `person` is at that moment, logs in. */
class ExampleProvider {
  person: Record<string, unknown> & { sub: string } = noor;
  private server: Server | undefined;

  constructor(
    readonly port: number,
    private readonly redirectUri: string,
    private readonly claimsInIdToken: boolean,
  ) {}

  get issuer(): string {
    return `http://localhost:${this.port}`;
  }

  async start(): Promise<void> {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const provider = new Provider(this.issuer, {
      clients: [{ client_id: 'custodian', client_secret: clientSecret, redirect_uris: [this.redirectUri], id_token_signed_response_alg: 'ES256' }],
      jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'k1', alg: 'ES256', use: 'sig' }] },
      cookies: { keys: ['spec'] },
      pkce: { required: () => true },
      acrValues: ['urn:example:two-factor'],
      claims: { openid: ['sub', 'organisation', 'employee_number', 'role_name', 'roles'], profile: ['name'], acr: null, auth_time: null },
      conformIdTokenClaims: !this.claimsInIdToken,
      findAccount: () => ({ accountId: this.person.sub, claims: async () => this.person }),
      loadExistingGrant: async (context) => {
        const grant = new context.oidc.provider.Grant({ clientId: 'custodian', accountId: this.person.sub });
        grant.addOIDCScope('openid profile');
        await grant.save();
        return grant;
      },
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      features: { devInteractions: { enabled: false } },
    });
    const handle = provider.callback();
    this.server = createServer((request, response) => {
      if (!request.url?.startsWith('/interaction/')) return void handle(request, response);
      void provider.interactionFinished(request, response, { login: { accountId: this.person.sub, acr: 'urn:example:two-factor' } });
    });
    await new Promise<void>((resolve) => this.server?.listen(this.port, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => (this.server === undefined ? resolve(undefined) : this.server.close(resolve)));
  }
}

/** A browser of one person: keeps cookies per port, follows redirects by hand. */
class Browser {
  private readonly jar = new Map<string, Map<string, string>>();
  readonly setCookies: string[] = [];

  async go(url: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(url);
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...(init.headers as Record<string, string>), cookie: this.cookies(origin) } });
    const jar = this.jar.get(origin) ?? new Map<string, string>();
    for (const cookie of response.headers.getSetCookie()) {
      this.setCookies.push(cookie);
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name === undefined) continue;
      if (value === '' || /Max-Age=0/.test(cookie)) jar.delete(name);
      else jar.set(name, value as string);
    }
    this.jar.set(origin, jar);
    return response;
  }

  /** Follows redirects until `stopAt` is in the URL, or they end. */
  async follow(url: string, stopAt?: string): Promise<{ readonly url: string; readonly response?: Response }> {
    for (let step = 0; step < 12; step += 1) {
      if (stopAt !== undefined && url.includes(stopAt)) return { url };
      const response = await this.go(url);
      const location = response.headers.get('location');
      if (location === null) return { url, response };
      url = new URL(location, url).href;
    }
    throw new Error('too many redirects');
  }

  cookies(origin: string): string {
    return [...(this.jar.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

interface Desk {
  readonly url: string;
  readonly provider: ExampleProvider;
  readonly service: RunningService;
  readonly log: LogLines;
  stop(): Promise<void>;
}

async function openDesk(options: { readonly sessions?: StaffSessions; readonly clock?: () => Date; readonly providerIsUp?: boolean; readonly claimsInIdToken?: boolean } = {}): Promise<Desk> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const provider = new ExampleProvider(await freePort(), `${url}/callback`, options.claimsInIdToken ?? true);
  if (options.providerIsUp !== false) await provider.start();
  const log = new LogLines();
  const staff = { ...exampleStaffOptions, url, oidc: { ...exampleStaffOptions.oidc, issuer: provider.issuer, clientSecret } };
  const service = await startService(exampleService({ log, staff, sessions: options.sessions, ports: { staff: port }, definition: { clock: options.clock } }));
  await service.connected;
  return { url, provider, service, log, stop: async () => void (await Promise.all([service.stop(), provider.stop()])) };
}

const json = (url: string) => ({ 'content-type': 'application/json', origin: url });

describe('login at the staff door (design D19)', () => {
  const staffSessions = new InMemorySessions();
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ sessions: staffSessions });
  });
  afterAll(() => desk.stop());
  beforeEach(() => void (desk.provider.person = noor));

  const logIn = async (browser = new Browser(), start = '/login') => {
    const end = await browser.follow(`${desk.url}${start}`);
    return { browser, end };
  };

  it('sends her to her organisation’s provider with PKCE, state and nonce, and back to the page she wanted', async () => {
    const location = new URL((await fetch(`${desk.url}/login`, { redirect: 'manual' })).headers.get('location') as string);
    expect(location.origin).toBe(desk.provider.issuer);
    expect(Object.fromEntries(location.searchParams)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', redirect_uri: `${desk.url}/callback`, code_challenge: expect.any(String), max_age: '43200', acr_values: 'urn:example:two-factor', state: expect.any(String), nonce: expect.any(String) });
    const { end } = await logIn(new Browser(), '/login?returnTo=/api/me');
    expect(end.url).toBe(`${desk.url}/api/me`);
  });

  it('knows who she is, of which organisation, in which role, and how surely', async () => {
    const { browser } = await logIn();
    const me = (await (await browser.go(`${desk.url}/api/me`)).json()) as { authenticatedAt: string };
    expect(me).toEqual({
      organisation: exampleOrganisation.name,
      identifier: 'e-10442',
      name: 'Noor de Wit',
      roleName: 'Verpleegkundige',
      roles: ['nurse'],
      assuranceLevel: 'substantial',
      authenticatedAt: expect.any(String),
      means: 'employer-oidc',
      organisationName: 'Thuiszorg De Linde',
      idleSeconds: 900,
      sessionEndsAt: expect.any(String),
    });
    expect(Math.abs(Date.now() - Date.parse(me.authenticatedAt))).toBeLessThan(10_000);
  });

  it('reads the facts from the userinfo endpoint when the provider tells them there only', async () => {
    const other = await openDesk({ claimsInIdToken: false });
    const browser = new Browser();
    await browser.follow(`${other.url}/login`);
    expect(await (await browser.go(`${other.url}/api/me`)).json()).toMatchObject({ identifier: 'e-10442', name: 'Noor de Wit' });
    await other.stop();
  });

  it('leaves a session at another service of the same machine alone', async () => {
    const other = await openDesk({});
    const browser = new Browser();
    await browser.follow(`${desk.url}/login`);
    await browser.follow(`${other.url}/login`);
    const names = [desk, other].map(({ url }) => sessionCookieName(url));
    expect(new Set(names).size).toBe(2);
    for (const { url } of [desk, other]) expect((await browser.go(`${url}/api/me`)).status).toBe(200);
    await other.stop();
  });

  it('keeps the session in a cookie that scripts and other sites cannot use', async () => {
    const { browser } = await logIn();
    const cookie = browser.setCookies.find((text) => text.startsWith(`${sessionCookieName(desk.url)}=`)) as string;
    expect(cookie.slice(cookie.indexOf('='))).toMatch(/^=[A-Za-z0-9_-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/);
  });

  it('shows a front page that invites to log in, and afterwards says who is logged in', async () => {
    const before = await fetch(`${desk.url}/`);
    expect([before.status, before.headers.get('content-type'), before.headers.get('cache-control')]).toEqual([200, 'text/html; charset=utf-8', 'no-store']);
    expect(await before.text()).toContain('<a href="/login">Inloggen</a>');
    const { end } = await logIn();
    expect(await end.response?.text()).toContain('<dd>Noor de Wit</dd>');
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', ''])('ends at its own front page when asked to return to %j', async (target) => {
    const { end } = await logIn(new Browser(), `/login?returnTo=${encodeURIComponent(target)}`);
    expect(end.url).toBe(`${desk.url}/`);
  });

  it('refuses an answer that another browser began', async () => {
    const attacker = new Browser();
    const { url } = await attacker.follow(`${desk.url}/login`, '/callback');
    const victim = new Browser();
    expect((await victim.go(url)).status).toBe(401);
    await victim.follow(`${desk.url}/login`, '/callback');
    expect((await victim.go(url)).status).toBe(401);
    expect((await victim.go(`${desk.url}/api/me`)).status).toBe(401);
  });

  it('refuses an answer that is used twice', async () => {
    const browser = new Browser();
    const { url } = await browser.follow(`${desk.url}/login`, '/callback');
    const attempt = browser.cookies(desk.url);
    expect((await browser.go(url)).status).toBe(302);
    expect((await fetch(url, { headers: { cookie: attempt }, redirect: 'manual' })).status).toBe(401);
  });

  it('refuses when the provider refused', async () => {
    const browser = new Browser();
    const { url } = await browser.follow(`${desk.url}/login`, '/callback');
    const refused = new URL(url);
    refused.searchParams.delete('code');
    refused.searchParams.set('error', 'access_denied');
    const response = await browser.go(refused.href);
    expect([response.status, (await response.json() as { type: string }).type]).toEqual([401, 'urn:anw:problem:unauthenticated']);
  });

  it('refuses someone of an organisation that this service does not act for', async () => {
    desk.provider.person = { ...noor, organisation: 'elders' };
    const { end } = await logIn();
    expect([end.response?.status, await end.response?.json()]).toEqual([403, expect.objectContaining({ title: 'Geen toegang', detail: 'Uw organisatie gebruikt deze dienst niet.' })]);
  });

  it('refuses a login without an employee number, and tells the operator which claim is missing', async () => {
    desk.provider.person = { ...noor, employee_number: undefined };
    const { end } = await logIn();
    expect(end.response?.status).toBe(403);
    expect(desk.log.lines).toContainEqual(expect.objectContaining({ msg: 'login refused', reason: 'the login lacks usable claims: employee_number' }));
    expect(staffSessions.refusals).toMatchObject([{ event: 'user.login-refused', reason: 'claims-missing: employee_number', organisationId: exampleOrganisation.id }]);
  });

  it('ends with logging out', async () => {
    const { browser } = await logIn();
    const before = browser.cookies(desk.url);
    expect((await browser.go(`${desk.url}/logout`, { method: 'POST', headers: json(desk.url) })).status).toBe(204);
    expect(browser.cookies(desk.url)).toBe('');
    expect((await fetch(`${desk.url}/api/me`, { headers: { cookie: before } })).status).toBe(401);
  });

  it('leaves no name, number, code or cookie in the log', async () => {
    const { browser } = await logIn();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const secret = /anw-session-\d+=([\w-]+)/.exec(browser.cookies(desk.url))?.[1] as string;
    for (const forbidden of [secret, 'Noor', 'e-10442', 'code=', 'state=', clientSecret]) expect(desk.log.text).not.toContain(forbidden);
    expect(desk.log.requests().map(({ route }) => route)).toEqual(expect.arrayContaining(['/login', '/callback']));
  });
});

describe('login provider that is absent at the start', () => {
  it('is waited for: logging in answers 503 until it is there', async () => {
    const desk = await openDesk({ providerIsUp: false });
    const absent = await fetch(`${desk.url}/login`, { redirect: 'manual' });
    expect([absent.status, absent.headers.get('retry-after'), await absent.json()]).toEqual([503, '5', expect.objectContaining({ detail: expect.stringMatching(/^De inlogdienst/) })]);
    await desk.provider.start();
    const browser = new Browser();
    await browser.follow(`${desk.url}/login`);
    expect((await browser.go(`${desk.url}/api/me`)).status).toBe(200);
    await desk.stop();
  });
});

describe('session of the staff door', () => {
  const sessions = new InMemorySessions();
  let now = new Date('2026-01-01T22:00:00Z');
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk({ sessions, clock: () => now, providerIsUp: false });
    cookie.cookie = `${sessionCookieName(desk.url)}=${secret}`;
  });
  afterAll(() => desk.stop());

  const secret = 'A'.repeat(43);
  const cookie = { cookie: '' };
  const open = async (change: Partial<Session> = {}, roles = ['nurse']) => {
    const user = { identifier: 'e-1' as never, name: 'N', roleName: 'R', roles, assuranceLevel: 'low' as const, authenticatedAt: now, means: 'm', organisation: exampleOrganisation.name, organisationId: exampleOrganisation.id };
    await sessions.open({ hash: hashSessionSecret(secret), user, openedAt: now, lastSeenAt: now, expiresAt: new Date(now.getTime() + 12 * 3_600_000), ...change });
  };
  beforeEach(async () => {
    now = new Date('2026-01-01T22:00:00Z');
    sessions.sessions.clear();
    await open();
  });
  const status = async (headers: Record<string, string> = cookie) => (await fetch(`${desk.url}/api/me`, { headers })).status;
  const later = (milliseconds: number) => void (now = new Date(now.getTime() + milliseconds));

  it('lets her in', async () => expect(await status()).toBe(200));
  it('lets no one in without', async () => expect(await status({})).toBe(401));
  it('lets no one in with another secret', async () => expect(await status({ cookie: `${sessionCookieName(desk.url)}=${'B'.repeat(43)}` })).toBe(401));
  it('lets no one in with two cookies of that name', async () => expect(await status({ cookie: `${cookie.cookie}; ${sessionCookieName(desk.url)}=x` })).toBe(401));

  it('ends after 15 minutes without use', async () => {
    later(SESSION_IDLE_MILLISECONDS - 1);
    expect(await status()).toBe(200);
    later(SESSION_IDLE_MILLISECONDS);
    expect(await status()).toBe(401);
  });

  it('stays as long as she works', async () => {
    for (let step = 0; step < 10; step += 1) {
      later(10 * 60_000);
      expect(await status()).toBe(200);
    }
  });

  it('ends after 12 hours however hard she works', async () => {
    for (let step = 0; step < 71; step += 1) {
      later(10 * 60_000);
      expect(await status()).toBe(200);
    }
    later(10 * 60_000);
    expect(await status()).toBe(401);
  });

  it('opens no route of another role', async () => {
    const log = async () => (await fetch(`${desk.url}/api/log`, { headers: cookie })).status;
    expect(await log()).toBe(403);
    expect(sessions.refusals).toMatchObject([{ event: 'request.refused', reason: 'role-missing', query: 'GET /api/log', organisationId: exampleOrganisation.id, user: { identifier: 'e-1' } }]);
    await open({}, ['privacy-officer']);
    expect(await log()).toBe(200);
  });

  const write = (headers: Record<string, string>, body = '{"text":"a","urgent":false}') => fetch(`${desk.url}/api/notes`, { method: 'POST', headers: { ...cookie, ...headers }, body });

  it.each<[string, number, Record<string, string>]>([
    ['from its own page', 201, { 'content-type': 'application/json', origin: 'own' }],
    ['from its own page, told by Sec-Fetch-Site alone', 201, { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }],
    ['from another site', 403, { 'content-type': 'application/json', origin: 'https://evil.example' }],
    ['from another port of this machine', 403, { 'content-type': 'application/json', origin: 'http://localhost:1' }],
    ['from a page without an origin', 403, { 'content-type': 'application/json', origin: 'null' }],
    ['from the same site but another origin', 403, { 'content-type': 'application/json', origin: 'own', 'sec-fetch-site': 'same-site' }],
    ['from nowhere', 403, { 'content-type': 'application/json' }],
    ['as a form would send it', 415, { 'content-type': 'application/x-www-form-urlencoded', origin: 'own' }],
    ['as plain text', 415, { 'content-type': 'text/plain', origin: 'own' }],
  ])('answers a change that is asked %s with %i', async (_what, expected, headers) => {
    const own = headers['origin'] === 'own' ? { ...headers, origin: desk.url } : headers;
    expect((await write(own)).status).toBe(expected);
  });

  it.each([
    ['{"text":"a"', 'malformed-body'],
    ['{"text":"a","text":"b","urgent":true}', 'malformed-body'],
    ['{"text":"a","urgent":true,"__proto__":{}}', 'malformed-body'],
    ['{"text":"a","urgent":true,"extra":1}', 'invalid-request'],
    ['{"text":""}', 'invalid-request'],
    ['', 'invalid-request'],
  ])('refuses the body %j as %s', async (body, name) => {
    const response = await write(json(desk.url), body);
    expect([response.status, (await response.json() as { type: string }).type]).toEqual([400, `urn:anw:problem:${name}`]);
  });

  it('names every fault of a request at its pointer', async () => {
    const { errors } = (await (await write(json(desk.url), '{"text":"","urgent":"yes"}')).json()) as { errors: { pointer: string }[] };
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/text', '/urgent']);
  });

  describe('with server-sent events', () => {
    const listen = async (headers: Record<string, string> = {}) => {
      const response = await fetch(`${desk.url}/api/events`, { headers: { ...cookie, ...headers } });
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      let text = '';
      const until = async (pattern: RegExp) => {
        while (!pattern.test(text)) {
          const { done, value } = await reader.read();
          if (done) return text;
          text += Buffer.from(value).toString('utf8');
        }
        return text;
      };
      return { response, until, cancel: () => reader.cancel() };
    };

    it('hears what happens, each event on lines of its own', async () => {
      const { response, until, cancel } = await listen({ 'last-event-id': '7' });
      expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([200, 'text/event-stream; charset=utf-8', 'no-store']);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(await until(/data:.*\n\n/)).toBe('retry: 1000\n\nid: 8\nevent: note data: forged\ndata: {"after":"7","text":"two\\nlines"}\n\n');
      await cancel();
    });

    it('keeps the connection awake', async () => {
      const { until, cancel } = await listen();
      await until(/(: \n\n.*){3}/s);
      await cancel();
    });

    it('hears nothing more once the session has ended', async () => {
      const { until } = await listen();
      sessions.sessions.clear();
      expect(await until(/never/)).toContain('event: note');
    });

    it('needs a session', async () => {
      expect((await fetch(`${desk.url}/api/events`)).status).toBe(401);
    });

    it('does not keep the door from closing', async () => {
      const other = await openDesk({ sessions, clock: () => now, providerIsUp: false });
      const response = await fetch(`${other.url}/api/events`, { headers: { cookie: `${sessionCookieName(other.url)}=${secret}` } });
      const ended = response.text();
      await other.stop();
      expect(await ended).toContain('event: note');
    });
  });
});

class CreateStaffTables1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createSessionTables(runner);
    await createAuditTables(runner);
    await nameOrganisationsInAudit(runner);
  }
  async down(): Promise<void> {}
}

describe('session in the database', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase([CreateStaffTables1700000000000], auditEntities);
  });
  afterAll(() => test.drop());

  it('survives a restart of the service, and its login is in the log', async () => {
    const first = await openDesk({ sessions: new DatabaseSessions(test.database) });
    const browser = new Browser();
    await browser.follow(`${first.url}/login`);
    const secret = browser.cookies(first.url).split('=')[1] as string;
    await first.stop();

    const second = await openDesk({ sessions: new DatabaseSessions(test.database), providerIsUp: false });
    // A test door has another port each time, and with it another name of the cookie.
    const headers = { cookie: `${sessionCookieName(second.url)}=${secret}` };
    expect(await (await fetch(`${second.url}/api/me`, { headers })).json()).toMatchObject({ identifier: 'e-10442' });
    await second.stop();
    const events = await test.database.withOrganisation(exampleOrganisation.id, (tx) => new AuditTrailTable(tx).listEvents({ limit: 10 }));
    expect(events).toMatchObject([{ name: 'user.logged-in', outcome: 'success', practitioner: { identifier: 'e-10442', name: 'Noor de Wit' } }]);
  });

  it('is gone once it was ended, and refusals are in the log', async () => {
    const store = new DatabaseSessions(test.database);
    const user = { identifier: 'e-1' as never, name: 'N', roleName: 'R', roles: [], assuranceLevel: 'low' as const, authenticatedAt: new Date(), means: 'm', organisation: exampleOrganisation.name, organisationId: exampleOrganisation.id };
    const at = (hour: number) => new Date(Date.UTC(2030, 0, 1, hour));
    await store.open({ hash: 'new', user, openedAt: at(1), lastSeenAt: at(1), expiresAt: at(13) });
    await store.end('new');
    expect(await store.find('new')).toBeUndefined();
    await store.logRefusal({ organisationId: exampleOrganisation.id, event: 'request.refused', reason: 'role-missing', at: at(2), reference: 'r-1', user, query: 'GET /api/log' });
    const [newest] = await test.database.withOrganisation(exampleOrganisation.id, (tx) => new AuditTrailTable(tx).listEvents({ limit: 1 }));
    expect(newest).toMatchObject({ name: 'request.refused', outcome: 'minor-failure', reason: 'role-missing', query: 'GET /api/log', practitioner: { identifier: 'e-1' } });
  });

  it('answers 503 while the database is away', async () => {
    const broken = { find: () => test.database.acrossOrganisations((tx) => tx.query('SELECT pg_terminate_backend(pg_backend_pid())')) } as never as StaffSessions;
    const desk = await openDesk({ sessions: broken, providerIsUp: false });
    const response = await fetch(`${desk.url}/api/me`, { headers: { cookie: `${sessionCookieName(desk.url)}=x` } });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    await desk.stop();
  });
});
