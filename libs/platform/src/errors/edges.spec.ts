import { DatabaseUnavailableError } from '@anw/persistence';
import { HttpException } from '@nestjs/common';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exampleService, LogLines } from '../service/example-service.fixture.js';
import { type RunningService, startService } from '../service/start-service.js';
import type { Dialect } from './dialect.js';
import { ProblemError } from './problem-error.js';
import { problemNames, problemType, problemTypes } from './problem-types.js';
import { toAnswer } from './to-answer.js';

const reference = '6f0c1111-1111-4111-8111-111111111111';

describe('one failure, three dialects', () => {
  it.each(problemNames)('%s has a page in docs/problems that names its type and status', (name) => {
    const path = join('docs', 'problems', `${name}.md`);
    expect(existsSync(path)).toBe(true);
    const page = readFileSync(path, 'utf8');
    expect(page).toContain(problemType(name));
    expect(page).toContain(String(problemTypes[name].status));
  });

  it('tells it to machines as problem details (RFC 9457)', () => {
    const error = new ProblemError('invalid-request', { detail: 'No.', errors: [{ pointer: '/a', detail: 'b' }] });
    const { answer } = toAnswer(error, 'problem', reference);
    expect(answer.contentType).toBe('application/problem+json');
    expect(JSON.parse(answer.body)).toEqual({
      type: 'urn:anw:problem:invalid-request',
      title: 'The request does not have the form that this route reads',
      status: 400,
      detail: 'No.',
      errors: [{ pointer: '/a', detail: 'b' }],
      reference,
    });
  });

  it.each([
    [412, 'precondition-failed'],
    [416, 'range-not-satisfiable'],
  ])('%i of whoever sends a file of a page is %s, no failure of ours', (status, name) => {
    const { answer } = toAnswer(new HttpException('as the library words it', status), 'problem', reference);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([status, expect.objectContaining({ type: `urn:anw:problem:${name}` })]);
  });

  it('tells it to staff in Dutch', () => {
    const { answer } = toAnswer(new ProblemError('forbidden'), 'problem', reference, 'nl');
    expect(JSON.parse(answer.body)).toMatchObject({ title: 'Geen toegang' });
    expect(answer.headers).toMatchObject({ 'content-language': 'nl' });
  });

  it('tells it to OAuth clients as RFC 6749 §5.2 does, never stored', () => {
    const { answer } = toAnswer(new ProblemError('unsupported-media-type'), 'oauth', reference);
    expect([answer.status, answer.contentType, answer.headers?.['cache-control']]).toEqual([400, 'application/json', 'no-store']);
    expect(JSON.parse(answer.body)).toEqual({ error: 'invalid_request', error_description: 'Parameters are sent as application/x-www-form-urlencoded.', reference });
  });

  it('tells it to FHIR clients as an OperationOutcome', () => {
    const { answer } = toAnswer(new ProblemError('unauthenticated'), 'fhir', reference);
    expect([answer.status, answer.contentType, answer.headers?.['www-authenticate']]).toEqual([401, 'application/fhir+json', 'Bearer']);
    expect(JSON.parse(answer.body)).toEqual({
      resourceType: 'OperationOutcome',
      id: reference,
      issue: [{ severity: 'error', code: 'login', details: { text: 'U bent niet (meer) ingelogd.' } }],
    });
  });

  const dialects: readonly Dialect[] = ['problem', 'oauth', 'fhir'];

  it.each(dialects)('asks to come back later when the database is away (%s)', (dialect) => {
    const { answer, unexpected } = toAnswer(new DatabaseUnavailableError('database does not answer'), dialect, reference);
    expect([answer.status, answer.headers?.['retry-after'], unexpected]).toEqual([503, '5', undefined]);
  });

  it.each(dialects)('says nothing of an unexpected error but its reference, and keeps the cause for the log (%s)', (dialect) => {
    const cause = new Error('duplicate key (bsn)=(999990019)');
    const { answer, unexpected } = toAnswer(cause, dialect, reference);
    expect([answer.status, unexpected]).toEqual([500, cause]);
    expect(answer.body).not.toMatch(/duplicate|999990019/);
    expect(answer.body).toContain(reference);
  });
});

describe('bad input gets the dialect of its door', () => {
  const log = new LogLines();
  let service: RunningService;
  beforeAll(async () => {
    service = await startService(exampleService({ log }));
    await service.connected;
  });
  afterAll(() => service.stop());

  const oauth = '/oauth2/de-linde/token';
  const fhir = '/fhir/de-linde/Observation';
  const notifications = '/anw/de-linde/notifications';
  const form = 'application/x-www-form-urlencoded';

  const cases: readonly { readonly what: string; readonly path: string; readonly method?: string; readonly type?: string; readonly body?: string; readonly expected: readonly [status: number, contentType: string, body: object] }[] = [
    { what: 'an unknown path', path: '/nothing', expected: [404, 'application/problem+json', { type: 'urn:anw:problem:not-found' }] },
    { what: 'an unknown OAuth path', path: '/oauth2/de-linde/introspect', expected: [404, 'application/json', { error: 'invalid_request' }] },
    { what: 'an unknown FHIR path', path: '/fhir/de-linde/nothing', expected: [404, 'application/fhir+json', { resourceType: 'OperationOutcome' }] },
    { what: 'an unknown organisation', path: '/oauth2/nobody/token', method: 'POST', type: form, body: 'a=b', expected: [404, 'application/json', { error: 'invalid_request' }] },
    { what: 'JSON at the token endpoint', path: oauth, method: 'POST', type: 'application/json', body: '{}', expected: [400, 'application/json', { error: 'invalid_request' }] },
    { what: 'malformed JSON at the token endpoint', path: oauth, method: 'POST', type: 'application/json', body: '{', expected: [400, 'application/json', { error: 'invalid_request' }] },
    { what: 'no body at the token endpoint', path: oauth, method: 'POST', expected: [400, 'application/json', { error: 'invalid_request' }] },
    { what: 'an unknown scope', path: '/oauth2/de-linde/presentation_definition?scope=all', expected: [400, 'application/json', { error: 'invalid_scope' }] },
    { what: 'no scope', path: '/oauth2/de-linde/presentation_definition', expected: [400, 'application/json', { error: 'invalid_scope' }] },
    { what: 'two scopes', path: '/oauth2/de-linde/presentation_definition?scope=a&scope=anw-zorg-2022', expected: [400, 'application/json', { error: 'invalid_scope' }] },
    { what: 'more than 1 MiB at the token endpoint', path: oauth, method: 'POST', type: form, body: 'a'.repeat(1024 * 1024 + 1), expected: [413, 'application/json', { error: 'invalid_request' }] },
    { what: 'more than 256 KiB at a FHIR endpoint', path: fhir, method: 'POST', type: 'application/fhir+json', body: 'a'.repeat(256 * 1024 + 1), expected: [413, 'application/fhir+json', { resourceType: 'OperationOutcome', issue: [{ code: 'too-long' }] }] },
    { what: 'XML at a FHIR endpoint', path: fhir, method: 'POST', type: 'application/fhir+xml', body: '<a/>', expected: [415, 'application/fhir+json', { resourceType: 'OperationOutcome', issue: [{ code: 'not-supported' }] }] },
    { what: 'an error nobody foresaw at a FHIR endpoint', path: '/fhir/de-linde/broken', expected: [500, 'application/fhir+json', { resourceType: 'OperationOutcome', issue: [{ severity: 'fatal', code: 'exception' }] }] },
    { what: 'a notification as JSON', path: notifications, method: 'POST', type: 'application/json', body: '"a.b.c"', expected: [415, 'application/problem+json', { type: 'urn:anw:problem:unsupported-media-type' }] },
    { what: 'a notification for nobody', path: '/anw/nobody/notifications', method: 'POST', type: 'application/jose', body: 'a.b.c', expected: [404, 'application/problem+json', { type: 'urn:anw:problem:not-found' }] },
    { what: 'a DID document of nobody', path: '/iam/not-a-uuid/did.json', expected: [404, 'application/problem+json', {}] },
    { what: 'a status list page that is not there', path: '/statuslist/77aa1111-1111-4111-8111-111111111111/2', expected: [404, 'application/problem+json', {}] },
    { what: 'a malformed escape in the path', path: '/iam/%zz/did.json', expected: [400, 'application/problem+json', { type: 'urn:anw:problem:invalid-request' }] },
    { what: 'a malformed escape in an OAuth path', path: '/oauth2/%zz/token', expected: [400, 'application/json', { error: 'invalid_request' }] },
    { what: 'a path longer than any route', path: `/iam/${'a'.repeat(200)}/did.json`, expected: [414, 'application/problem+json', { type: 'urn:anw:problem:uri-too-long' }] },
  ];

  it.each(cases)('$what', async ({ path, method = 'GET', type, body, expected: [status, contentType, members] }) => {
    const response = await fetch(`${service.doors.partner.url}${path}`, { method, body, headers: type === undefined ? {} : { 'content-type': type } });
    expect([response.status, response.headers.get('content-type')]).toEqual([status, contentType]);
    const answer = (await response.json()) as { reference?: string };
    expect(answer).toMatchObject(members);
  });

  it.each([
    ['GET', oauth, 'POST', 'application/json', { error: 'invalid_request' }],
    ['PROPFIND', oauth, 'POST', 'application/json', { error: 'invalid_request' }],
    ['DELETE', `${notifications}?a=b`, 'POST', 'application/problem+json', { type: 'urn:anw:problem:method-not-allowed' }],
    ['POST', '/iam/77aa1111-1111-4111-8111-111111111111/did.json', 'GET, HEAD', 'application/problem+json', { type: 'urn:anw:problem:method-not-allowed' }],
    ['PATCH', fhir, 'POST', 'application/fhir+json', { resourceType: 'OperationOutcome', issue: [{ code: 'not-supported' }] }],
  ])('%s %s is refused, naming %s (RFC 9110 §15.5.6)', async (method, path, allow, contentType, members) => {
    const response = await fetch(`${service.doors.partner.url}${path}`, { method, ...(method === 'DELETE' && { body: '{', headers: { 'content-type': 'application/json' } }) });
    expect([response.status, response.headers.get('allow'), response.headers.get('content-type')]).toEqual([405, allow, contentType]);
    expect(await response.json()).toMatchObject(members);
  });

  it.each(['/iam/x/y/did.json', '/iam//did.json', '/oauth2/de-linde/token/'])('a path that merely resembles a route is not found, whatever the method: %s', async (path) => {
    for (const method of ['GET', 'POST', 'PROPFIND']) expect((await fetch(`${service.doors.partner.url}${path}`, { method })).status).toBe(404);
  });

  it('a body that FHIR reads arrives as the bytes that were sent', async () => {
    for (const type of ['application/fhir+json', 'application/json; charset=utf-8']) {
      const response = await fetch(`${service.doors.partner.url}${fhir}`, { method: 'POST', body: '{"a":1,"a":2}', headers: { 'content-type': type } });
      expect([response.status, await response.json()]).toEqual([201, { bytes: 13 }]);
    }
  });

  it('whoever hangs up while a body comes is no error of ours', async () => {
    const { port } = new URL(service.doors.partner.url);
    const socket = connect(Number(port), '127.0.0.1');
    const errors = () => log.lines.filter(({ msg }) => msg === 'unexpected error').length;
    const before = errors();
    socket.write(`POST ${oauth} HTTP/1.1\r\nhost: x\r\ncontent-type: ${form}\r\ncontent-length: 1000\r\n\r\na=b`);
    await sleep(100);
    socket.destroy();
    await sleep(200);
    expect(errors()).toBe(before);
  });

  it('the reference of an unexpected error finds its cause in the log, without what must not be there', async () => {
    const response = await fetch(`${service.doors.partner.url}/fhir/de-linde/broken`);
    const outcome = (await response.json()) as { id: string };
    const told = outcome.id;
    const line = log.lines.find(({ msg, reference: logged }) => msg === 'unexpected error' && logged === told);
    expect(line).toMatchObject({ level: 'error', error: { name: 'Error', message: 'connection of S. Bakker, [redacted number], Bearer [redacted] broke' } });
  });

  it('every answer names a reference that the request’s log line carries', async () => {
    const { reference: told } = (await (await fetch(`${service.doors.partner.url}/nothing`)).json()) as { reference: string };
    await new Promise((resolve) => setImmediate(resolve));
    expect(log.requests().find(({ reference: logged }) => logged === told)).toMatchObject({ door: 'partner', method: 'GET', route: '(none)', status: 404 });
  });
});
