import { type Region, serviceNames } from '@anw/region';
import { Validator } from '@seriousme/openapi-schema-validator';
import { readFile } from 'node:fs/promises';
import { type Dialect, dialectOf, expectedDialect } from './support/dialects.js';
import { type DocumentedRoute, type DoorName, doorNames, readDocumentedRoutes } from './support/documented-routes.js';
import { createRawClient, type RawClient, sendBytes } from './support/raw-request.js';
import { sessionCookieOf } from './support/session-cookie.js';
import { startTemporaryRegion } from './support/temporary-region.js';

const KIBIBYTE = 1024;

let region: Region;
let authority: string;
let send: RawClient;
let routes: readonly DocumentedRoute[];

beforeAll(async () => {
  region = await startTemporaryRegion();
  authority = await readFile(region.file.authority.certificate, 'utf8');
  send = createRawClient(authority);
  routes = await readDocumentedRoutes(region.file);
});
afterAll(() => region?.stop());

const baseOf = (service: (typeof serviceNames)[number], door: DoorName): string => region.file.services[service][door];
const json = { 'content-type': 'application/json' };
/** As the pages of that very door send it. */
const sameOrigin = (base: string) => ({ origin: new URL(base).origin, 'sec-fetch-site': 'same-origin' });

describe('three doors per service (design D3)', () => {
  it('every service documents routes at each of its doors', () => {
    for (const service of serviceNames) for (const door of doorNames) expect(routes.filter((route) => route.service === service && route.door === door).length).toBeGreaterThan(4);
  });

  it('a route of one door does not exist at the two others', async () => {
    const reachable: string[] = [];
    let asked = 0;
    for (const { service, door, method, path, example } of routes) {
      for (const other of doorNames.filter((name) => name !== door)) {
        // Each door has a front of its own kind: only the staff door has pages.
        const { status } = await send(baseOf(service, other), { method, path: example, headers: sameOrigin(baseOf(service, other)) });
        asked += 1;
        if (status !== 404) reachable.push(`${service}: ${method} ${path} of the ${door} door answers ${status} at the ${other} door`);
      }
    }
    expect(reachable).toEqual([]);
    expect(asked).toBe(2 * routes.length);
  });

  it('only the partner door speaks HTTPS', async () => {
    for (const service of serviceNames) {
      expect(doorNames.map((door) => new URL(baseOf(service, door)).protocol)).toEqual(['https:', 'http:', 'http:']);
      await expect(send(baseOf(service, 'partner').replace('https:', 'http:'), { path: '/' })).rejects.toThrow();
    }
  });

  it('the operator door listens on the loopback interface', () => {
    for (const service of serviceNames) expect(new URL(baseOf(service, 'operator')).hostname).toBe('127.0.0.1');
  });
});

describe('deny by default (design D15)', () => {
  /** What strangers may ask, and what they get; every other route needs to know who asks. */
  const open: Readonly<Record<string, number>> = {
    'GET /iam/{uuid}/did.json': 200,
    'GET /statuslist/{uuid}/{page}': 200,
    'GET /bitstring-statuslist/{uuid}/{page}': 200,
    'GET /.well-known/oauth-authorization-server/oauth2/{org}': 200,
    'GET /oauth2/{org}/presentation_definition': 400,
    'POST /oauth2/{org}/token': 400,
    'GET /.well-known/oauth-authorization-server/oauth2/{org}/triage': 200,
    'POST /oauth2/{org}/triage/token': 400,
    'POST /anw/{org}/notifications': 415,
    'GET /': 200,
    'GET /login': 302,
    'POST /api/launch': 400,
  };

  it.each(['partner', 'staff'] as const)('every route of the %s doors refuses whoever does not say who she is, but for those that are open', async (door) => {
    const surprises: string[] = [];
    for (const { service, method, path, example } of routes.filter((route) => route.door === door)) {
      const base = baseOf(service, door);
      const answer = await send(base, { method, path: example, headers: { ...sameOrigin(base), ...(door === 'staff' && method !== 'GET' && json) } });
      const expected = open[`${method} ${path}`] ?? 401;
      // A list that nobody has a place in is not there yet.
      const matches = answer.status === expected || (path.includes('statuslist') && answer.status === 404);
      if (!matches) surprises.push(`${service}: ${method} ${path} answers ${answer.status} instead of ${expected}`);
      else if (answer.status >= 400 && dialectOf(answer) !== expectedDialect(path)) surprises.push(`${service}: ${method} ${path} refuses in another dialect: ${answer.contentType} ${answer.text}`);
    }
    expect(surprises).toEqual([]);
  });

  it.each([
    ['a nurse', 'noor', 'actor', 'regisseur'],
    ['a triagist', 'tess', 'regisseur', 'custodian'],
    ['a privacy officer', 'petra', 'custodian', 'actor'],
  ] as const)('the session of %s opens nothing at another service', async (_who, username, home, elsewhere) => {
    const { cookie } = await sessionCookieOf(region.file, username);
    expect((await send(baseOf(home, 'staff'), { path: '/api/me', headers: { cookie } })).status).toBe(200);
    expect((await send(baseOf(elsewhere, 'staff'), { path: '/api/me', headers: { cookie } })).status).toBe(401);
  });
});

describe('bad input gets the dialect of its door (design D15)', () => {
  const cookies: Partial<Record<(typeof serviceNames)[number], string>> = {};
  beforeAll(async () => {
    for (const [service, username] of [['regisseur', 'tess'], ['actor', 'noor'], ['custodian', 'petra']] as const) cookies[service] = (await sessionCookieOf(region.file, username)).cookie;
  });

  interface Route {
    readonly service: (typeof serviceNames)[number];
    readonly door: DoorName;
    readonly path: string;
    readonly type: string;
    readonly dialect: Dialect;
    readonly limit: number;
  }
  const deskRequest: Route = { service: 'regisseur', door: 'staff', path: '/api/precheck', type: 'application/json', dialect: 'problem', limit: 256 * KIBIBYTE };
  const organisations: Route = { ...deskRequest, service: 'custodian', door: 'operator', path: '/operator/organisations' };
  const patientSearch: Route = { ...deskRequest, service: 'custodian', door: 'partner', path: '/anw/de-linde/patients/_search' };
  const notification: Route = { ...deskRequest, service: 'actor', door: 'partner', path: '/anw/wijkzorg-nacht/notifications', type: 'application/jose' };
  const token: Route = { service: 'custodian', door: 'partner', path: '/oauth2/de-linde/token', type: 'application/x-www-form-urlencoded', dialect: 'oauth', limit: 1024 * KIBIBYTE };
  const fhirCreate: Route = { service: 'custodian', door: 'partner', path: '/fhir/de-linde/Observation', type: 'application/fhir+json', dialect: 'fhir', limit: 256 * KIBIBYTE };

  function post({ service, door, path, type }: Route, body: string | Buffer, contentType: string | undefined = type): Promise<Awaited<ReturnType<RawClient>>> {
    const base = baseOf(service, door);
    const person = door === 'staff' ? { ...sameOrigin(base), cookie: cookies[service] as string } : {};
    return send(base, { method: 'POST', path, body, headers: { ...person, ...(contentType && { 'content-type': contentType }) } });
  }

  const jsonRoutes: readonly (readonly [name: string, route: Route])[] = [
    ['the desk', deskRequest],
    ['the operator door', organisations],
    ['the partner door', patientSearch],
  ];
  const unreadable: readonly (readonly [what: string, body: string | Buffer])[] = [
    ['JSON that breaks off', '{"name":'],
    ['JSON with a comma too many', '{"name":"x",}'],
    ['a member that occurs twice', '{"name":"x","name":"y"}'],
    ['a member that occurs twice, once escaped', '{"name":"x","n\\u0061me":"y"}'],
    ['arrays a hundred deep', `${'['.repeat(100)}${']'.repeat(100)}`],
    ['objects a hundred thousand deep', '{"a":'.repeat(40_000)],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ['a prototype', '{"__proto__":{"admin":true}}'],
    ['two values', '{} {}'],
    ['a byte order mark alone', Buffer.from([0xef, 0xbb, 0xbf])],
  ];

  describe.each(jsonRoutes)('JSON at %s', (_name, route) => {
    it.each(unreadable)('%s is refused', async (_what, body) => {
      const answer = await post(route, body);
      expect([answer.status, dialectOf(answer)]).toEqual([400, 'problem']);
    });

    it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16'])('the content type %s is refused', async (type) => {
      const answer = await post(route, '{}', type);
      expect([among(answer.status, 400, 401, 415), dialectOf(answer)]).toEqual([true, 'problem']);
    });
  });

  it.each([deskRequest, organisations])('a body of another form than $path reads is refused, naming the members', async (route) => {
    for (const body of ['null', '[]', '"x"', '1', '{}', '{"unheard":"of"}']) {
      const answer = await post(route, body);
      expect([body, answer.status, dialectOf(answer)]).toEqual([body, 400, 'problem']);
    }
    expect(JSON.parse((await post(route, '{"unheard":"of"}')).text)).toMatchObject({ errors: expect.arrayContaining([expect.objectContaining({ pointer: expect.any(String), detail: expect.any(String) })]) });
  });

  it('no body at all is refused where one is needed', async () => {
    for (const route of [deskRequest, organisations, token]) {
      const answer = await post(route, '');
      expect([route.path, answer.status, dialectOf(answer)]).toEqual([route.path, 400, route.dialect]);
    }
  });

  it.each([deskRequest, organisations, patientSearch, notification, fhirCreate, token])('$path takes a body up to its limit and refuses one byte more', async (route) => {
    const over = await post(route, ' '.repeat(route.limit + 1));
    expect([over.status, dialectOf(over)]).toEqual([413, route.dialect]);
    expect((await post(route, ' '.repeat(route.limit))).status).not.toBe(413);
  });

  it('a body that says it is too long is refused before it comes', async () => {
    const { service, door, path } = deskRequest;
    const answer = await sendBytes(baseOf(service, door), authority, `POST ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 99999999999\r\n\r\n{`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it.each([
    ['an unknown parameter', '/operator/parked-messages?unheard=of', 'custodian'],
    ['a parameter twice', '/operator/parked-messages?limit=1&limit=2', 'custodian'],
    ['a limit that is no number', '/operator/parked-messages?limit=all', 'custodian'],
    ['a limit beyond the largest', '/operator/parked-messages?limit=1001', 'actor'],
    ['an unknown filter', '/operator/organisations/de-linde/audit-events?unheard=of', 'custodian'],
  ] as const)('%s in a query is refused', async (_what, path, service) => {
    const answer = await send(baseOf(service, 'operator'), { path });
    expect([answer.status, dialectOf(answer)]).toEqual([400, 'problem']);
  });

  it.each([
    ['JSON', '{}', 'application/json'],
    ['a parameter twice', 'grant_type=a&grant_type=b', token.type],
    ['an unknown grant type', 'grant_type=password&username=a&password=b', token.type],
    ['an assertion that is no JWT', 'grant_type=vp_token-bearer&scope=anw-zorg-2022&assertion=garbage&presentation_submission=%7B%7D', token.type],
    ['an assertion that is JSON of another shape', `grant_type=vp_token-bearer&scope=anw-zorg-2022&assertion=${encodeURIComponent('{"vp":[]}')}&presentation_submission=%7B%7D`, token.type],
    ['malformed escapes', 'grant_type=%zz&%%%', token.type],
    ['bytes that are no text', Buffer.from([0, 255, 254, 38, 61]), token.type],
    ['ten thousand parameters', Array.from({ length: 10_000 }, (_, index) => `p${index}=1`).join('&'), token.type],
  ] as const)('the token endpoint answers %s as RFC 6749 §5.2 does, never stored', async (_what, body, type) => {
    const answer = await post(token, body as string | Buffer, type);
    expect([answer.status, dialectOf(answer), answer.headers['cache-control']]).toEqual([400, 'oauth', 'no-store']);
  });

  it('XML at a FHIR endpoint is refused as an OperationOutcome', async () => {
    const answer = await post(fhirCreate, '<Observation/>', 'application/fhir+xml');
    expect([answer.status, dialectOf(answer)]).toEqual([415, 'fhir']);
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND', 'TRACE'])('%s is no way to speak FHIR here', async (method) => {
    const answer = await send(baseOf('custodian', 'partner'), { method, path: '/fhir/de-linde/Observation/o-1' });
    // Who asks is looked at first.
    expect(among(answer.status, 401, 405)).toBe(true);
    if (method !== 'HEAD') expect(dialectOf(answer)).toBe('fhir');
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'PROPFIND', 'LOCK'])('%s where nobody takes it is refused, and told what is taken there', async (method) => {
    for (const [service, door, path, allow] of [['custodian', 'partner', '/oauth2/de-linde/token', 'POST'], ['regisseur', 'staff', '/api/me', 'GET, HEAD'], ['actor', 'operator', '/metrics', 'GET, HEAD']] as const) {
      const answer = await send(baseOf(service, door), { method, path });
      expect([path, answer.status, answer.headers['allow'], dialectOf(answer)]).toEqual([path, 405, allow, expectedDialect(path)]);
    }
  });

  it('a notification that is no signed envelope is refused and leaves the door as it was', async () => {
    for (const body of ['', 'garbage', 'a.b.c', `${'x'.repeat(1000)}.${'y'.repeat(1000)}.z`, '{"payload":"x"}']) {
      const answer = await post(notification, body);
      expect([body.slice(0, 20), among(answer.status, 400, 401, 403, 415), dialectOf(answer)]).toEqual([body.slice(0, 20), true, 'problem']);
    }
  });

  const tricks: readonly string[] = [
    '/fhir/de-linde/../../operator/organisations',
    '/fhir/de-linde/%2e%2e/%2e%2e/operator/organisations',
    '/fhir/%2e%2e/metadata',
    '/fhir/de-linde/..%2f..%2foperator',
    '//operator/organisations',
    '/operator//organisations',
    '/operator/./organisations',
    '/operator%2forganisations',
    '/OPERATOR/ORGANISATIONS',
    '/iam/%00/did.json',
    '/iam/%zz/did.json',
    '/iam/%ff%fe/did.json',
    '/iam/../iam/x/did.json',
    '/fhir/de-linde/Patient%00',
    '/fhir/de-linde/Patient/%E0%A4%A',
    '/fhir/de-linde/',
    '/fhir/',
    '/oauth2/de-linde%00/token',
    '/oauth2/de-linde/token/',
    '/oauth2/de-linde/token;x=y',
    '/oauth2/%2e%2e/token',
    '/api/me/',
    '/api/./me',
    '/api%2fme',
    '/api/me%00',
    '/api/me;x',
    '/statuslist/x/-1',
    '/statuslist/x/99999999999999999999',
    '/.well-known/../operator/organisations',
    '/\\operator\\organisations',
    '/__proto__',
    '/constructor',
    '/anw/__proto__/allowlist',
    '/fhir/constructor/metadata',
    '/?',
    '*',
    'http://127.0.0.1/operator/organisations',
    `/iam/${'a'.repeat(4_000)}/did.json`,
    `/${'a/'.repeat(5_000)}`,
    `/fhir/de-linde/Observation?${'a'.repeat(12_000)}`,
  ];

  it.each(tricks.map((path) => [path.length > 60 ? `${path.slice(0, 60)}… (${path.length} characters)` : path, path]))('the path %s leads nowhere at any door', async (_shown, path) => {
    for (const door of ['partner', 'staff'] as const) {
      for (const service of serviceNames) {
        if (path === '/?' && door === 'staff') continue;
        const answer = await send(baseOf(service, door), { path });
        expect([service, door, among(answer.status, 400, 401, 404, 405, 414), dialectOf(answer)]).toEqual([service, door, true, expectedDialect(path)]);
      }
    }
  });

  it.each([
    ['a method that is none', 'BREW /coffee HTTP/1.1\r\nhost: x\r\n\r\n', 400],
    ['a header without a name', 'GET / HTTP/1.1\r\nhost: x\r\n: y\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\na', 400],
    ['a length and chunks', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n', 400],
    ['a URL longer than all headers may be', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, 431],
    ['noise', '\x16\x03\x01\x02\r\n\r\n', 400],
  ] as const)('%s, which is no HTTP, is refused with a reference and the connection is closed', async (_what, bytes, status) => {
    for (const door of doorNames) {
      const answer = await sendBytes(baseOf('custodian', door), authority, bytes);
      expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      const [head = '', body = ''] = answer.split('\r\n\r\n');
      expect(head.toLowerCase()).toContain('content-type: application/problem+json');
      expect(JSON.parse(body)).toMatchObject({ status, reference: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    }
  });

  it('after all that, no service failed and each is ready', async () => {
    for (const service of serviceNames) {
      const metrics = await (await fetch(`${baseOf(service, 'operator')}/metrics`)).text();
      expect(metrics.split('\n').filter((line) => /^anw_http_requests_total\{.*status="5\d\d"/.test(line) && !line.includes('route="/health/ready"'))).toEqual([]);
      expect((await fetch(`${baseOf(service, 'operator')}/health/ready`)).status).toBe(200);
      expect(await region.logs(service)).not.toContain('"unexpected error"');
    }
  });
});

describe('documented doors', () => {
  it.each(serviceNames)('the OpenAPI document of the %s is valid OpenAPI 3.1 for an independent validator', async (service) => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate((await (await fetch(`${baseOf(service, 'operator')}/openapi.json`)).json()) as Record<string, unknown>);
    expect([valid, validator.version, errors]).toEqual([true, '3.1', undefined]);
  });

  it.each(serviceNames)('the document of the %s says at which door each operation is', async (service) => {
    const { paths } = (await (await fetch(`${baseOf(service, 'operator')}/openapi.json`)).json()) as { paths: Record<string, Record<string, { tags: [DoorName]; servers: [{ url: string }] }>> };
    for (const { tags, servers } of Object.values(paths).flatMap((operations) => Object.values(operations))) expect(servers[0].url).toBe(baseOf(service, tags[0]));
  });
});

describe('pages and sessions of the staff door', () => {
  it.each(serviceNames)('the %s tells browsers not to frame, sniff, refer or load from elsewhere', async (service) => {
    for (const path of ['/', '/api/me', '/login', '/nothing']) {
      const { headers } = await send(baseOf(service, 'staff'), { path });
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'content-security-policy': expect.stringContaining("frame-ancestors 'none'") });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/);
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('server');
    }
  });

  it.each([
    ['tess', 'Triagist'],
    ['noor', 'Verpleegkundige'],
    ['petra', 'Privacyfunctionaris'],
  ])('%s gets a cookie that scripts and other sites cannot use, and pages that know her', async (username, roleName) => {
    const user = region.file.oidc.users.find((candidate) => candidate.username === username);
    const service = region.file.organisations.find(({ name }) => name === user?.organisation)?.service ?? 'actor';
    const { cookie, setCookie } = await sessionCookieOf(region.file, username);
    expect(setCookie).toMatch(/; HttpOnly; SameSite=Lax$/);
    const page = await send(baseOf(service, 'staff'), { path: '/', headers: { cookie } });
    expect([page.status, page.contentType, page.headers['cache-control']]).toEqual([200, 'text/html', 'no-store']);
    expect((await send(baseOf(service, 'staff'), { path: '/api/me', headers: { cookie } })).text).toContain(roleName);
  });

  it.each([
    ['another site', { origin: 'https://evil.example', ...json }],
    ['another site of the same machine', { origin: 'http://localhost:1', ...json }],
    ['a page that hides where it is from', { origin: 'null', ...json }],
    ['a caller that does not say', json],
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site', ...json }],
    ['another port, as the browser says', { 'sec-fetch-site': 'same-site', ...json }],
  ] as const)('a change that %s asks for is refused, session or not', async (_who, headers) => {
    const { cookie } = await sessionCookieOf(region.file, 'tess');
    for (const path of ['/api/precheck', '/logout']) {
      const answer = await send(baseOf('regisseur', 'staff'), { method: 'POST', path, body: '{}', headers: { ...headers, cookie } });
      expect([answer.status, dialectOf(answer), JSON.parse(answer.text).type]).toEqual([403, 'problem', 'urn:anw:problem:cross-site']);
    }
    expect((await send(baseOf('regisseur', 'staff'), { path: '/api/me', headers: { cookie } })).status).toBe(200);
  });

  it('a form of another site cannot pass for JSON', async () => {
    const base = baseOf('regisseur', 'staff');
    const { cookie } = await sessionCookieOf(region.file, 'tess');
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const answer = await send(base, { method: 'POST', path: '/logout', body: '{}', headers: { ...sameOrigin(base), cookie, 'content-type': type } });
      expect([answer.status, dialectOf(answer)]).toEqual([415, 'problem']);
    }
  });
});

/** True, or the status that is none of those. */
function among(status: number, ...allowed: readonly number[]): true | number {
  return allowed.includes(status) || status;
}
