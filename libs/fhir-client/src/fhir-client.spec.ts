import { type DossierQuery, dossierQueries, type FhirResource, resourceOf } from '@anw/fhir';
import { PatientId } from '@anw/values';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FhirFetch } from './exchange.js';
import { createFhirClient, type FhirClient } from './fhir-client.js';
import { FhirClientError } from './fhir-client-error.js';

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Reply = (response: ServerResponse, asked: Asked) => void;

const patient = PatientId.parse('p1');
let server: Server;
let base: string;
let reply: Reply;
let asked: Asked[];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const received = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
    asked.push(received);
    reply(response, received);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir/de-linde`;
});
beforeEach(() => {
  asked = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return (response) => response.writeHead(status, { 'content-type': 'application/fhir+json', ...headers }).end(JSON.stringify(body));
}

/** As `fetchWithToken` shows it. */
const withToken: FhirFetch = (url, request) => fetch(url, { ...request, headers: { ...request.headers, authorization: 'Bearer secret' } });

function client(limits = {}): FhirClient {
  return createFhirClient({ fetch: withToken, base: `${base}/`, limits });
}

function searchset(...resources: FhirResource[]): object {
  return { resourceType: 'Bundle', type: 'searchset', total: resources.length, entry: resources.map((resource) => ({ resource, search: { mode: 'match' } })) };
}

async function failureOf(work: Promise<unknown>): Promise<FhirClientError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FhirClientError)) throw new Error('expected a FhirClientError', { cause: error });
  return error;
}

function query(name: DossierQuery['name']): DossierQuery {
  const found = dossierQueries(patient).find((each) => each.name === name);
  if (found === undefined) throw new Error('no such query');
  return found;
}

const report = resourceOf({ kind: 'nursing-report', input: { text: 'Avondzorg geleverd.', writtenAt: '2026-06-13T21:05:00Z' } }, { id: '6f0c1f7e-6f9b-4a75-9c0e-0d6f3f0b8a11', patient });

describe('search at a custodian', () => {
  it('sends exactly the parameters of the query, with the token and what it accepts', async () => {
    reply = json(200, searchset());
    await client().search(query('blood-pressure'));
    expect(asked[0]).toMatchObject({
      method: 'GET',
      url: '/fhir/de-linde/Observation?patient=Patient%2Fp1&code=http%3A%2F%2Floinc.org%7C85354-9&_sort=-date&_count=5',
      headers: { authorization: 'Bearer secret', accept: 'application/fhir+json' },
    });
  });

  it('keeps the colon of an iterated include', async () => {
    reply = json(200, searchset());
    await client().search(query('patient'));
    expect(asked[0]?.url).toContain('&_include:iterate=PractitionerRole%3Aorganization');
  });

  it('tells matches from includes and leaves everything else out', async () => {
    const entry = [
      { resource: { resourceType: 'Patient', id: 'p1' }, search: { mode: 'match' } },
      { resource: { resourceType: 'Organization', id: 'g1' }, search: { mode: 'include' } },
      { resource: { resourceType: 'OperationOutcome', issue: [] }, search: { mode: 'outcome' } },
    ];
    reply = json(200, { resourceType: 'Bundle', type: 'searchset', total: 1, entry });
    expect(await client().search(query('patient'))).toEqual({ total: 1, matches: [entry[0]?.resource], included: [entry[1]?.resource] });
  });

  it('follows a next link below the base', async () => {
    reply = json(200, { ...searchset(), link: [{ relation: 'next', url: `${base}/Observation?_cursor=abc` }] });
    const { next } = await client().search(query('blood-pressure'));
    await client().follow(next ?? '');
    expect(asked[1]?.url).toBe('/fhir/de-linde/Observation?_cursor=abc');
  });

  it.each(['https://elsewhere.example/fhir/de-linde/Observation', '/Observation?_cursor=a', 'PARENT/../vecht/Observation'])('takes no next link that leads to %s, and does not carry the token there', async (link) => {
    const url = link.replace('PARENT', base);
    reply = json(200, { ...searchset(), link: [{ relation: 'next', url }] });
    expect((await client().search(query('blood-pressure'))).next).toBeUndefined();
    expect((await failureOf(client().follow(url))).code).toBe('unreadable');
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['no Bundle', { resourceType: 'Patient', id: 'p1' }],
    ['a Bundle of another type', { ...searchset(), type: 'collection' }],
    ['an entry that is no resource', { ...searchset(), entry: [{ resource: {} }] }],
  ])('calls %s unreadable', async (_what, body) => {
    reply = json(200, body);
    expect((await failureOf(client().search(query('patient')))).code).toBe('unreadable');
  });
});

describe('refusals of a custodian', () => {
  it('come with its words, the rule, the element and the reference', async () => {
    reply = json(422, {
      resourceType: 'OperationOutcome',
      id: 'ref-1',
      issue: [{ severity: 'error', code: 'required', details: { text: 'De tekst is leeg.' }, diagnostics: 'TEXT-EMPTY', expression: ['Observation.value'] }],
    });
    expect(await failureOf(client().create(report))).toMatchObject({
      code: 'invalid-resource',
      status: 422,
      reference: 'ref-1',
      issues: [{ severity: 'error', code: 'required', text: 'De tekst is leeg.', rule: 'TEXT-EMPTY', expression: 'Observation.value' }],
    });
  });

  it.each([
    [401, 'not-authenticated'],
    [403, 'no-access'],
    [404, 'not-found'],
    [400, 'refused'],
    [409, 'duplicate'],
    [429, 'unavailable'],
    [500, 'unavailable'],
    [503, 'unavailable'],
    [302, 'refused'],
  ])('of status %i are %s, also without a body that can be read', async (status, code) => {
    reply = (response) => response.writeHead(status, { 'content-type': 'text/html' }).end('<html>');
    expect(await failureOf(client().read('Patient', 'p1'))).toMatchObject({ code, status, issues: [] });
  });

  it('never say the URL or the token in the message', async () => {
    reply = json(403, {});
    expect((await failureOf(client().read('Patient', 'p1'))).message).toBe('custodian answered 403: no-access');
  });
});

describe('limits', () => {
  it('gives up when no answer comes in time', async () => {
    reply = () => undefined;
    expect((await failureOf(client({ timeoutMilliseconds: 50 }).read('Patient', 'p1'))).code).toBe('unavailable');
  });

  it('reads no more than allowed', async () => {
    reply = json(200, { resourceType: 'Patient', id: 'p1', name: 'a'.repeat(2_000) });
    expect((await failureOf(client({ maxResponseBytes: 1_000 }).read('Patient', 'p1'))).code).toBe('unreadable');
  });

  it('says that nobody answers', async () => {
    const absent = createFhirClient({ fetch: (url, request) => fetch(url, request), base: 'http://127.0.0.1:1/fhir' });
    expect(await failureOf(absent.read('Patient', 'p1'))).toMatchObject({ code: 'unavailable', status: undefined });
  });

  it('calls JSON with a duplicate member unreadable', async () => {
    reply = (response) => response.end('{"resourceType":"Patient","id":"p1","id":"p2"}');
    expect((await failureOf(client().read('Patient', 'p1'))).code).toBe('unreadable');
  });
});

describe('write-back, exactly once (D18)', () => {
  const created = { location: 'https://bron.example/fhir/de-linde/Observation/o1/_history/1' };

  it('sends FHIR JSON and learns the reference', async () => {
    reply = json(201, { ...report, id: 'o1' }, created);
    expect(await client().create(report)).toEqual({ reference: 'Observation/o1', version: '1', isNew: true, warnings: [] });
    expect(asked[0]).toMatchObject({ method: 'POST', url: '/fhir/de-linde/Observation', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify(report) });
  });

  it('knows an earlier result', async () => {
    reply = json(200, { ...report, id: 'o1' }, created);
    expect((await client().create(report)).isNew).toBe(false);
  });

  it('hands the remarks on', async () => {
    reply = json(201, { resourceType: 'OperationOutcome', issue: [{ severity: 'warning', code: 'business-rule', details: { text: 'De waarde is ongewoon.' } }] }, created);
    expect(await client().create(report)).toEqual({ reference: 'Observation/o1', version: '1', isNew: true, warnings: [{ severity: 'warning', code: 'business-rule', text: 'De waarde is ongewoon.' }] });
  });

  it('sends it again under the same identifier when no answer came', async () => {
    reply = (response) => (asked.length === 1 ? response.destroy() : json(200, { ...report, id: 'o1' }, created)(response, asked[0]!));
    expect((await client().create(report)).reference).toBe('Observation/o1');
    expect(asked.map(({ body }) => body)).toEqual([JSON.stringify(report), JSON.stringify(report)]);
  });

  it('does not send it again without an identifier', async () => {
    reply = (response) => response.destroy();
    const { identifier: _identifier, ...nameless } = report;
    expect((await failureOf(client().create(nameless))).code).toBe('unavailable');
    expect(asked).toHaveLength(1);
  });

  it('does not send a refused write again', async () => {
    reply = json(422, { resourceType: 'OperationOutcome', issue: [] });
    await failureOf(client().create(report));
    expect(asked).toHaveLength(1);
  });

  it('does not believe a success that names no resource', async () => {
    reply = json(201, {});
    expect((await failureOf(client().create(report))).code).toBe('unreadable');
  });
});
