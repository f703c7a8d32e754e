import { createStoryContext, type Region, serviceNames, syntheticClients } from '@anw/region';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readMetrics, type Sample, valueOf } from './support/read-metrics.js';
import { playPart } from './support/play-part.js';
import { createRawClient, sendBytes } from './support/raw-request.js';
import { sessionCookieOf } from './support/session-cookie.js';
import { startTemporaryRegion } from './support/temporary-region.js';

/** Comes in everywhere and must come out nowhere. */
const marker = 'qz7markerqz7';

let region: Region;
let logs: ReadonlyMap<string, string>;
let cookie: string;

beforeAll(async () => {
  region = await startTemporaryRegion({ logLevel: 'debug' });
  const patient = region.file.patients[0];
  if (patient === undefined) throw new Error('the region has no patients');
  const story = createStoryContext(region, patient);
  await playPart(story);
  ({ cookie } = await sessionCookieOf(region.file, 'tess'));
  await sendMarkers();
  logs = await readLogs();
});
afterAll(() => region?.stop());

/** Puts the marker in every place of a request that a caller can fill. */
async function sendMarkers(): Promise<void> {
  const ca = await readFile(region.file.authority.certificate, 'utf8');
  const send = createRawClient(ca);
  for (const service of serviceNames) {
    for (const base of Object.values(region.file.services[service])) {
      const headers = { authorization: `Bearer ${marker}`, cookie: `anw-session=${marker}`, 'user-agent': marker, 'x-request-id': marker, referer: `http://${marker}/`, 'content-type': 'application/json' };
      for (const path of [`/${marker}`, `/api/me?name=${marker}`, `/oauth2/${marker}/token`, '/oauth2/de-linde/token', `/fhir/de-linde/Patient/${marker}`, `/anw/${marker}/notifications`, `/callback?code=${marker}&state=${marker}`]) {
        await send(base, { path, headers });
        await send(base, { method: 'POST', path, headers, body: `{"${marker}":` });
        await send(base, { method: 'POST', path, headers: { ...headers, 'content-type': 'application/jose' }, body: marker });
        await send(base, { method: 'POST', path, headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, body: `grant_type=${marker}&assertion=${marker}` });
      }
      await sendBytes(base, ca, `${marker} /${marker} HTTP/1.1\r\n${marker}\r\n\r\n`);
    }
  }
}

async function readLogs(): Promise<ReadonlyMap<string, string>> {
  const directory = join(dirname(region.filePath), 'logs');
  const names = await readdir(directory);
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(directory, name), 'utf8')] as const)));
}

function findIn(patterns: readonly (readonly [what: string, pattern: RegExp])[]): readonly string[] {
  return [...logs].flatMap(([name, text]) => patterns.filter(([, pattern]) => pattern.test(text)).map(([what]) => `${what} in ${name}`));
}

const word = (text: string) => new RegExp(`(?<![\\p{L}\\d])${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\d])`, 'u');

describe('logs of the services after the main job (design D7)', () => {
  it('tell of the requests, each by route pattern and reference', () => {
    expect(logs.get('custodian.log')).toMatch(/"route":"\/fhir\/:org\/\*".*"reference":"[0-9a-f-]{36}"/);
    expect(logs.get('actor.log')).toContain('"route":"/api/visits/:id/dossier"');
    expect(logs.get('regisseur.log')).toContain('"route":"/api/authorizations"');
  });

  it('hold no patient: no BSN, name, birth date, address or telephone number', () => {
    const facts = syntheticClients.flatMap(({ bsn, givenName, familyName, birthDate, street, phone }) => [bsn, givenName, familyName, birthDate, street, phone]);
    expect(findIn(facts.map((fact) => [fact, word(fact)] as const))).toEqual([]);
  });

  it('hold no handle of a patient', () => {
    expect(findIn(region.file.patients.map(({ handle }) => [handle, new RegExp(handle.replace('urn:uuid:', ''))] as const))).toEqual([]);
  });

  it('hold no member of staff by name', () => {
    expect(findIn(region.file.oidc.users.map(({ name }) => [name, word(name)] as const))).toEqual([]);
  });

  it('hold no password, secret of a session or token', () => {
    const secrets: (readonly [string, RegExp])[] = region.file.oidc.users.map(({ username, password }) => [`password of ${username}`, word(password)]);
    expect(findIn([...secrets, ['a session', word(cookie.split('=')[1] as string)], ['a cookie', /anw-session[-\d]*=/], ['a JWT', /eyJ[\w-]{10,}\.[\w-]{10,}/], ['a token', /Bearer (?!\[redacted\])\S/]])).toEqual([]);
  });

  it('hold no text of a report or a care request', () => {
    expect(findIn([['the report', /geen letsel|naast het bed/i], ['the note', /gevallen|val in/i]])).toEqual([]);
  });

  it('hold nothing that a caller put in a path, query, header or body', () => {
    expect(findIn([['the marker', new RegExp(marker)]])).toEqual([]);
  });

  it('hold no unexpected error', () => {
    const lines = serviceNames.flatMap((service) => (logs.get(`${service}.log`) ?? '').split('\n'));
    // A machine that runs many specs at once may keep the database waiting; that is said, retried, and no fault of a request.
    expect(lines.filter((line) => /"level":"(error|fatal)"|"unexpected error"/.test(line) && !line.includes('"DatabaseUnavailableError"'))).toEqual([]);
  });
});

describe('measurements for Prometheus', () => {
  let samples: Readonly<Record<(typeof serviceNames)[number], readonly Sample[]>>;
  beforeAll(async () => {
    const read = async (service: (typeof serviceNames)[number]) => [service, await readMetrics(`${region.file.services[service].operator}/metrics`)] as const;
    samples = Object.fromEntries(await Promise.all(serviceNames.map(read))) as unknown as typeof samples;
  });

  it('count requests by door, method, route pattern and status', () => {
    expect(valueOf(samples.custodian, 'anw_http_requests_total', { door: 'partner', route: '/fhir/:org/*', method: 'POST', status: '201' })).toBeGreaterThanOrEqual(2);
    expect(valueOf(samples.regisseur, 'anw_http_requests_total', { door: 'staff', route: '/api/authorizations', method: 'POST', status: '201' })).toBeGreaterThanOrEqual(1);
    expect(valueOf(samples.actor, 'anw_http_requests_total', { door: 'operator', route: '/health/ready', status: '200' })).toBeGreaterThanOrEqual(1);
  });

  it('measure how long requests take', () => {
    expect(valueOf(samples.custodian, 'anw_http_request_duration_seconds_count', { door: 'partner', route: '/oauth2/:org/token' })).toBeGreaterThanOrEqual(1);
  });

  it('count decisions at the token endpoint', () => {
    expect(valueOf(samples.custodian, 'anw_decisions_total', { endpoint: 'token', outcome: 'granted', check: '0' })).toBeGreaterThanOrEqual(1);
  });

  it('count requests that never came to a decision', () => {
    expect(valueOf(samples.custodian, 'anw_decisions_total', { endpoint: 'token', outcome: 'invalid' })).toBeGreaterThanOrEqual(1);
  });

  it.each(serviceNames)('show what waits in the outbox of the %s', (service) => {
    for (const state of ['pending', 'awaiting_receipt', 'parked']) expect(valueOf(samples[service], 'anw_outbox_messages', { state })).toBe(0);
  });

  it('name no patient, person, organisation or identifier in a label', () => {
    const values = Object.values(samples).flatMap((all) => all.flatMap(({ labels }) => Object.values(labels)));
    const facts = [...syntheticClients.flatMap(({ bsn, familyName }) => [bsn, familyName]), ...region.file.oidc.users.map(({ name }) => name), ...region.file.organisations.map(({ name }) => name), marker];
    expect(values.filter((value) => facts.some((fact) => value.includes(fact)) || /[0-9a-f]{8}-[0-9a-f]{4}/.test(value))).toEqual([]);
  });
});
