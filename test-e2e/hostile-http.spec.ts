import { createEvent, signEvent } from '@anw/notifications';
import { createStoryContext, type Region, type ServiceName, serviceNames } from '@anw/region';
import { recordFigure } from '@anw/testing/figures';
import { Did } from '@anw/values';
import fc from 'fast-check';
import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Dialect, dialectOf, expectedDialect } from './support/dialects.js';
import { type DocumentedRoute, doorNames, readDocumentedRoutes } from './support/documented-routes.js';
import { bloodPressuresOf } from './support/fhir-request.js';
import { hostileBytes } from './support/hostile-bytes.js';
import { type HostileRequest, mayBeAnswered, requestsOfNobody, unreadableJson } from './support/hostile-requests.js';
import { leakIn } from './support/leaks.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { playPart } from './support/play-part.js';
import { createKeptRawClient, exchangeBytes, type RawAnswer, type RawClient } from './support/raw-request.js';
import { readMetrics, valueOf } from './support/read-metrics.js';
import { sessionCookieOf } from './support/session-cookie.js';
import { custodianNamed, introduceStrangers, type Strangers } from './support/strangers.js';
import { startTemporaryRegion } from './support/temporary-region.js';
import { obtainToken, tokenForm } from './support/token-request.js';

/** Set HOSTILE_SEED to see a run again. */
const seed = Number(process.env['HOSTILE_SEED'] ?? randomInt(2 ** 31 - 1));
const runs = { nobody: 6_000, session: 1_200, token: 1_000, access: 1_200, notification: 200, bytes: 600 } as const;
/** Characters of headers that every door reads. */
const LARGEST_HEAD = 12_000;
/** Sent side by side. */
const BATCH = 10;
const MEBIBYTE = 1024 * 1024;
/** By then a service has met every kind of request, and its heap is as large as such bodies make it. */
const WARM_UP = 1_500;
/** MiB that a service may hold on to: one that remembers what it was sent dies of it. Without a bound a heap grows as long as there is memory. */
const LARGEST_HEAP = 192;
/** What a service may hold more after it all than after the first requests, resident: what its bounded heap leaves it, and as much for buffers. */
const LARGEST_GROWTH = 2 * LARGEST_HEAP * MEBIBYTE;

describe(`hostile HTTP requests (issue of trust, point 8; HOSTILE_SEED=${seed})`, () => {
  let region: Region;
  let network: PartnerNetwork;
  let strangers: Strangers;
  let authority: string;
  let routes: readonly DocumentedRoute[];
  let send: RawClient;
  /** With the client certificate of the stranger actor. */
  let sendAsActor: RawClient;
  const open: { close(): void }[] = [];
  const cookies = new Map<ServiceName, string>();
  const pids = new Map<ServiceName, number | undefined>();
  let memoryBefore: ReadonlyMap<ServiceName, number>;
  const statuses = new Map<number, number>();

  beforeAll(async () => {
    region = await startTemporaryRegion({ logLevel: 'info', nodeOptions: [`--max-old-space-size=${LARGEST_HEAP}`] });
    network = await openPartnerNetwork(region);
    strangers = await introduceStrangers(network, custodianNamed(region, 'de-linde'));
    authority = await readFile(region.file.authority.certificate, 'utf8');
    routes = await readDocumentedRoutes(region.file);
    for (const [service, username] of [['regisseur', 'tess'], ['actor', 'noor'], ['custodian', 'petra']] as const) cookies.set(service, (await sessionCookieOf(region.file, username)).cookie);
    for (const service of serviceNames) pids.set(service, region.service(service).pid);
    const clients = [createKeptRawClient(authority), createKeptRawClient(authority, strangers.actor.certificate)] as const;
    open.push(...clients);
    [send, sendAsActor] = [clients[0].send, clients[1].send];
    recordFigure(8, 'seed of HTTP requests', seed);
    await attack(requestsOfNobody(routes), WARM_UP, assertRefused);
    memoryBefore = await memory();
  });
  afterAll(async () => {
    for (const client of open) client.close();
    await network?.close();
    await region?.stop();
  });

  const baseOf = ({ service, door }: Pick<HostileRequest, 'service' | 'door'>) => region.file.services[service][door];

  it('number more than 10 000', () => expect(Object.values(runs).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(10_000));

  it('are refused from whoever says not who she is, at every door, whatever is changed', async () => {
    await attack(requestsOfNobody(routes), runs.nobody, assertRefused);
    recordFigure(8, 'HTTP requests of nobody, any part changed', runs.nobody, 'sent, nothing that is guarded was answered');
  });

  it('are refused from a person who is logged in, when her body cannot be read, her cookie was changed or another site sends them', async () => {
    const sameOrigin = (route: DocumentedRoute): Record<string, string> => (route.door === 'staff' ? { origin: new URL(baseOf(route)).origin, 'sec-fetch-site': 'same-origin', cookie: cookies.get(route.service)! } : {});
    const withBody = fc.tuple(fc.constantFrom(...routes.filter(({ door, takesBody }) => door !== 'partner' && takesBody)), unreadableJson).map(([route, body]): HostileRequest => ({ ...placeOf(route), headers: { ...sameOrigin(route), 'content-type': 'application/json' }, body }));
    const staffRoutes = routes.filter(({ door, path }) => door === 'staff' && !['/', '/login', '/callback'].includes(path));
    const otherCookie = fc.tuple(fc.constantFrom(...staffRoutes), fc.nat()).map(([route, place]): HostileRequest => ({ ...placeOf(route), headers: { ...sameOrigin(route), cookie: changeOne(cookies.get(route.service)!, place, cookies.get(route.service)!.indexOf('=') + 1) } }));
    const otherSite = fc.tuple(fc.constantFrom(...staffRoutes.filter(({ method }) => method !== 'GET')), fc.constantFrom<Record<string, string>>({ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': 'none' }, { 'content-type': 'text/plain' }, { 'content-type': 'application/x-www-form-urlencoded' })).map(([route, change]): HostileRequest => ({ ...placeOf(route), headers: { ...sameOrigin(route), 'content-type': 'application/json', ...change }, body: '{}' }));
    await attack(fc.oneof(withBody, otherCookie, otherSite), runs.session, assertRefused);
    recordFigure(8, 'HTTP requests with a session, body, cookie or site changed', runs.session, 'refused');
  });

  it('are refused at the token endpoint, when anything of a good request is changed', async () => {
    const change: fc.Arbitrary<(form: URLSearchParams) => { headers?: object; body?: string | Buffer; method?: string }> = fc.oneof(
      fc.nat().map((place) => (form: URLSearchParams) => changed(form, 'assertion', (assertion) => changeOne(assertion, place, 0))),
      fc.nat(2_000).map((length) => (form: URLSearchParams) => changed(form, 'assertion', (assertion) => assertion.slice(0, Math.min(length, assertion.length - 1)))),
      fc.constantFrom('assertion', 'grant_type', 'scope', 'presentation_submission').chain((name) => fc.constantFrom((form: URLSearchParams) => (form.delete(name), {}), (form: URLSearchParams) => (form.append(name, form.get(name)!), {}), (form: URLSearchParams) => changed(form, name, () => ''), (form: URLSearchParams) => changed(form, name, (value) => `${value}\u0000`), (form: URLSearchParams) => changed(form, name, (value) => `[${value}]`))),
      fc.constantFrom('password', 'client_credentials', 'vp_token-bearer ', 'VP_TOKEN-BEARER', '__proto__').map((type) => (form: URLSearchParams) => changed(form, 'grant_type', () => type)),
      fc.constantFrom('*', 'anw-zorg-2022 anw-zorg-2022', 'anw-regisseur', 'anw-authorization', 'openid', 'ANW-ZORG-2022', '__proto__').map((scope) => (form: URLSearchParams) => changed(form, 'scope', () => scope)),
      fc.constantFrom('{}', '[]', 'null', '{"descriptor_map":[]}', '{"id":"a","id":"b"}', '"x"').map((submission) => (form: URLSearchParams) => changed(form, 'presentation_submission', () => submission)),
      fc.constantFrom('application/json', 'text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded, text/plain').map((type) => (form: URLSearchParams) => ({ headers: { 'content-type': type }, body: form.toString() })),
      fc.constantFrom('x', 'a.b.c', 'e30.e30.e30', '').map((proof) => (form: URLSearchParams) => ({ headers: { dpop: proof || 'a, b' }, body: form.toString() })),
      fc.constantFrom('PUT', 'PATCH', 'DELETE', 'PROPFIND').map((method) => () => ({ method })),
      fc.constant((form: URLSearchParams) => ({ headers: { 'content-encoding': 'gzip', 'content-type': 'application/json' }, body: form.toString() })),
    );
    const request = change.map((apply) => async (): Promise<HostileRequest> => {
      const form = await tokenForm(strangers);
      const { headers, body, method = 'POST' } = apply(form);
      return { service: 'custodian', door: 'partner', method, path: '/oauth2/de-linde/token', headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, body: body ?? form.toString() };
    });
    await attack(request, runs.token, async (make) => assertRefused(await make(), sendAsActor));
    recordFigure(8, 'token requests of a known actor, one thing changed', runs.token, 'refused');
  });

  it('are refused at the FHIR endpoint, when anything of a good request is changed', async () => {
    const token = await obtainToken(strangers);
    const good = `/fhir/de-linde/${bloodPressuresOf(strangers.custodian.patient)}`;
    const headers = { authorization: `Bearer ${token}`, accept: 'application/fhir+json' };
    const read = (path: string, change: object = {}): HostileRequest => ({ service: 'custodian', door: 'partner', method: 'GET', path, headers: { ...headers, ...change } });
    expect((await sendAsActor(baseOf({ service: 'custodian', door: 'partner' }), read(good))).status).toBe(200);

    const word = fc.stringMatching(/^[a-z]{1,12}$/);
    const request: fc.Arbitrary<HostileRequest> = fc.oneof(
      fc.nat().map((place) => read(good, { authorization: changeOne(`Bearer ${token}`, place, 'Bearer '.length) })),
      fc.constantFrom('Basic', 'DPoP', 'Token', 'Bearer Bearer', 'Bearer,', '').map((scheme) => read(good, { authorization: `${scheme} ${token}` })),
      fc.constantFrom(` ${token}x`, `${token} x`, `${token}, Bearer ${token}`, `${token}=`, `"${token}"`, token.slice(1), token.toLowerCase() === token ? 'x' : token.toLowerCase()).map((text) => read(good, { authorization: `Bearer ${text}` })),
      fc.tuple(word, word).map(([name, value]) => read(`${good}&x${name}=${value}`)),
      fc.constantFrom('patient=x', 'code=x', '_include=*', '_revinclude=*', '_has:Patient:x:y=z', '_filter=a', '_query=a', '_summary=count', '_elements=id', '_contained=true', '_count=-1', '_count=x', '_count=1e9', '_format=xml', '_pretty=x', '_since=x', '_lastUpdated=x', '_sort=x', 'code:not=x', 'patient:Patient=x', 'patient.name=x', 'subject:missing=true', '%00=x', '_type=AuditEvent', 'access_token=x').map((parameter) => read(`${good}&${parameter}`)),
      fc.uuid().map((patient) => read(`/fhir/de-linde/${bloodPressuresOf(patient)}`)),
      fc.constantFrom('AuditEvent', 'Bundle', 'Binary', 'Group', 'List', 'Claim', 'Person', 'Observation', 'Patient', '$everything', '_history', 'Observation/_search', `Patient/${strangers.custodian.patient}/$everything`, `Patient/${strangers.custodian.patient}/Observation`, `Patient/${strangers.custodian.patient}/_history`, '../vrijburg/Patient', 'Observation/..', '%2e%2e/Patient', 'observation', 'Observation%00').map((path) => read(`/fhir/de-linde/${path}`)),
      fc.constantFrom('x-http-method-override', 'x-http-method', 'x-method-override').map((name) => read(good, { [name]: 'GET' })),
      fc.constantFrom<object>({ prefer: 'handling=lenient' }, { accept: 'application/fhir+xml' }, { accept: 'text/html' }, { dpop: 'a.b.c', authorization: `DPoP ${token}` }).map((change) => read(good, change)),
      fc.constantFrom('PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'HEAD').map((method) => ({ ...read(good), method })),
      unreadableJson.map((body) => ({ ...read('/fhir/de-linde/Observation', { 'content-type': 'application/fhir+json' }), method: 'POST', body })),
      fc.jsonValue().map((body) => ({ ...read('/fhir/de-linde/Observation', { 'content-type': 'application/fhir+json' }), method: 'POST', body: JSON.stringify({ resourceType: 'Observation', x: body }) })),
      fc.constantFrom('application/json; charset=utf-16', 'application/fhir+xml', 'text/plain', 'application/x-www-form-urlencoded').map((type) => ({ ...read('/fhir/de-linde/Observation', { 'content-type': type }), method: 'POST', body: '{"resourceType":"Observation"}' })),
      fc.constantFrom('vrijburg', 'DE-LINDE', 'de-linde%00', '__proto__', 'constructor', '..', 'nobody').map((organisation) => read(good.replace('de-linde', organisation))),
    );
    await attack(request, runs.access, (one) => assertRefused(one, sendAsActor));
    // The token alone opens nothing: it is bound to the certificate.
    await assertRefused(read(good));
    recordFigure(8, 'FHIR requests with a good token, one thing changed', runs.access, 'refused');
  });

  it('are refused as notifications, when anything of a signed one is changed', async () => {
    const { did } = region.file.organisations.find(({ name }) => name === 'wijkzorg-nacht')!;
    const event = () => createEvent({ type: 'nl.anw.authorization.revoked.v1', source: strangers.regisseur.did, recipient: Did.parse(did), subject: `${strangers.regisseur.did}#x` }, { now: new Date() });
    const request = fc.nat().map((place) => async (): Promise<HostileRequest> => {
      const jws = await signEvent(event(), strangers.regisseur.signer);
      // Another key id could name somebody who does not answer: that is for later, not refused.
      return { service: 'actor', door: 'partner', method: 'POST', path: '/anw/wijkzorg-nacht/notifications', headers: { 'content-type': 'application/jose' }, body: changeOne(jws, place, jws.indexOf('.') + 1) };
    });
    await attack(request, runs.notification, async (make) => assertRefused(await make()));
    recordFigure(8, 'signed notifications, one character changed', runs.notification, 'refused');
  });

  it('are refused when their bytes are no HTTP, or could be read as two requests', async () => {
    const targets = serviceNames.flatMap((service) => doorNames.map((door) => ({ service, door })));
    const paths = (service: ServiceName) => {
      const did = routes.find((route) => route.service === service && route.path === '/iam/{uuid}/did.json')!.example;
      return { partner: { guarded: '/anw/x/allowlist', open: did }, staff: { guarded: '/api/me', open: '/' }, operator: { guarded: '/operator/nothing', open: '/health/live' } };
    };
    const request = fc.tuple(fc.constantFrom(...targets), hostileBytes);
    await attack(request, runs.bytes, async ([target, bytes]) => {
      const text = bytes(paths(target.service)[target.door]);
      const answer = await exchangeBytes(baseOf(target), authority, Buffer.from(text, 'latin1'), 400);
      const answered = [...answer.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
      for (const status of answered) count(status);
      if (answered.some((status) => status < 400 || status >= 500)) throw new Error(`${target.service} ${target.door} answers ${answered.join(', ')} to ${JSON.stringify(text.slice(0, 400))}`);
      const leak = leakIn({ headers: {}, text: answer });
      if (leak !== undefined) throw new Error(`${target.service} ${target.door} tells "${leak}" to ${JSON.stringify(text.slice(0, 400))}`);
    });
    recordFigure(8, 'connections with bytes that are no HTTP', runs.bytes, 'refused');
  });

  it('that take their time keep nobody else waiting', async () => {
    const slow = new AbortController();
    const crawling = serviceNames.flatMap((service) => (['partner', 'staff'] as const).flatMap((door) => Array.from({ length: 40 }, () => crawl(baseOf({ service, door }), slow.signal))));
    await sleep(500);
    for (const service of serviceNames) {
      const did = routes.find((route) => route.service === service && route.path === '/iam/{uuid}/did.json')!;
      for (let asked = 0; asked < 10; asked += 1) expect((await send(baseOf(did), { path: did.example })).status).toBe(200);
    }
    slow.abort();
    await Promise.all(crawling);
    recordFigure(8, 'connections that crawl while others are answered', crawling.length);
  });

  it('leave every service as it was: the same process, ready, no error, and its memory bounded', async () => {
    const memoryAfter = await memory();
    for (const service of serviceNames) {
      const growth = memoryAfter.get(service)! - memoryBefore.get(service)!;
      recordFigure(8, `memory of the ${service} after it all`, memoryAfter.get(service)! / MEBIBYTE, `MiB (${growth < 0 ? '−' : '+'}${Math.abs(Math.round(growth / MEBIBYTE))})`);
      expect(region.service(service).pid).toBe(pids.get(service));
      expect((await fetch(`${region.file.services[service].operator}/health/ready`)).status).toBe(200);
      expect(await region.logs(service)).not.toContain('"unexpected error"');
      expect([service, growth < LARGEST_GROWTH]).toEqual([service, true]);
    }
    for (const [status, times] of [...statuses].sort(([a], [b]) => a - b)) recordFigure(8, `HTTP answers ${status}`, times);
  });

  it('after which the story is played as ever', async () => {
    await playPart(createStoryContext(region, region.file.patients[0]!));
  });

  /** Sends as many as there are runs, a batch at a time; tells of everything that went wrong, not of the first alone. */
  async function attack<T>(request: fc.Arbitrary<T>, numRuns: number, assert: (request: T) => Promise<void>): Promise<void> {
    const requests = fc.sample(request, { seed, numRuns });
    const faults = new Set<string>();
    for (let sent = 0; sent < requests.length; sent += BATCH) {
      const settled = await Promise.allSettled(requests.slice(sent, sent + BATCH).map((one) => assert(one)));
      for (const one of settled) if (one.status === 'rejected') faults.add(String(one.reason));
    }
    if (faults.size > 0) throw new Error(`${faults.size} of ${numRuns}, with HOSTILE_SEED=${seed}:\n${[...faults].slice(0, 10).join('\n')}`);
  }

  async function assertRefused(request: HostileRequest, by: RawClient = send): Promise<void> {
    const { service, door, method, path, headers, body } = request;
    const shown = `${service} ${door}: ${method} ${excerpt(path)} ${excerpt(headers)} ${excerpt(String(body ?? ''))}`;
    const answer = await by(baseOf(request), request).catch((cause: unknown) => {
      // Of a HEAD that takes many packets the door knows the method no more: what it tells beside the status, our client may not take.
      if (method === 'HEAD' && String(cause).includes('Data after `Connection: close`') && JSON.stringify(headers).length > LARGEST_HEAD) return undefined;
      throw new Error(`${shown} is not answered: ${cause}`);
    });
    if (answer === undefined) return;
    count(answer.status);
    const fault = faultOf(request, answer);
    if (fault !== undefined) throw new Error(`${shown} is answered ${answer.status} ${excerpt(answer.text)}: ${fault}`);
  }

  function faultOf(request: HostileRequest, answer: RawAnswer): string | undefined {
    if (answer.status >= 500) return 'a failure of ours';
    if (answer.status < 400) return mayBeAnswered(request, routes) ? redirectFault(answer) : isDocument(request, answer) ? undefined : 'accepted';
    const leak = leakIn(answer);
    if (leak !== undefined) return `tells "${leak}"`;
    const spoken = dialectOf(answer);
    return request.method === 'HEAD' || isProblemPage(request, answer) || (spoken === 'problem' && isOfParser(answer)) || (spoken !== undefined && dialectsAt(request.path).includes(spoken)) ? undefined : `in the dialect ${spoken ?? `of nobody (${answer.contentType})`}`;
  }

  /** Bytes that never became a request have no path that would choose a dialect; the connection is of no more use. */
  function isOfParser({ status, headers: { connection } }: RawAnswer): boolean {
    return (status === 400 || status === 431) && connection === 'close';
  }

  /** The document of the web app with nothing in it yet, which a browser gets for any address that is none of the service: what it shows it asks for then. */
  function isDocument({ door, method, path }: HostileRequest, { contentType, text }: RawAnswer): boolean {
    return door === 'staff' && ['GET', 'HEAD'].includes(method) && !/^\/(?:api|logout|callback)(?:[/?#]|$)/.test(path) && contentType.startsWith('text/html') && (method === 'HEAD' || text.includes('<div id="app">'));
  }

  /** A refusal for who looks with a browser: a page in Dutch, without script. */
  function isProblemPage({ door, headers }: HostileRequest, { contentType, text }: RawAnswer): boolean {
    return door === 'staff' && String(headers?.['accept']).includes('text/html') && contentType.startsWith('text/html') && text.includes('Kenmerk: ') && !text.includes('<script');
  }

  /** Who logs in goes to the provider of her organisation, whatever the request says. */
  function redirectFault({ status, headers: { location } }: RawAnswer): string | undefined {
    return status === 302 && new URL(location ?? 'about:blank').origin !== new URL(region.file.oidc.issuer).origin ? `redirects to ${location}` : undefined;
  }

  function count(status: number): void {
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }

  async function memory(): Promise<ReadonlyMap<ServiceName, number>> {
    const entries = serviceNames.map(async (service) => [service, valueOf(await readMetrics(`${region.file.services[service].operator}/metrics`), 'process_resident_memory_bytes', {})!] as const);
    return new Map(await Promise.all(entries));
  }

  /** A request that comes byte by byte, until told to stop. */
  async function crawl(base: string, signal: AbortSignal): Promise<void> {
    const head = 'POST /oauth2/x/token HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 100000\r\n\r\n';
    await Promise.race([exchangeBytes(base, authority, head, 20_000), new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))]);
  }
});

/** That of the path as it is written, or as the router decodes it. */
function dialectsAt(path: string): readonly Dialect[] {
  return [expectedDialect(path), expectedDialect(path.replace(/%[0-7][0-9a-f]/gi, (escape) => decodeURIComponent(escape)))];
}

function excerpt(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 250 ? `${text.slice(0, 250)}…` : text;
}

function placeOf({ service, door, method, example }: DocumentedRoute): HostileRequest {
  return { service, door, method, path: example };
}

function changed(form: URLSearchParams, name: string, change: (value: string) => string): { body?: string } {
  form.set(name, change(form.get(name)!));
  return {};
}

/** Another character in the place of one from `from` on, but for the last: not all of its bits count in base64url. */
function changeOne(text: string, place: number, from: number): string {
  const index = from + (place % Math.max(1, text.length - from - 1));
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const other = alphabet[(alphabet.indexOf(text[index]!) + 1 + (place % 62)) % 64]!;
  return text.slice(0, index) + (other === text[index] ? 'A' : other) + text.slice(index + 1);
}
