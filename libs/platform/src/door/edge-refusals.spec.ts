import { request } from 'node:http';
import { exampleService } from '../service/example-service.fixture.js';
import { type RunningService, startService } from '../service/start-service.js';
import type { EdgeRefusal } from './edge-refusals.js';

const shared = '6f0c1111-1111-4111-8111-111111111111';

describe('what the edge of the partner door refuses (design D16)', () => {
  let service: RunningService;
  let kept: EdgeRefusal[];
  let told: (refusal: EdgeRefusal) => Promise<string | undefined>;
  beforeAll(async () => {
    service = await startService(exampleService({ keepRefusal: async (refusal) => (kept.push(refusal), told(refusal)) }));
    await service.connected;
  });
  afterAll(() => service.stop());
  beforeEach(() => {
    kept = [];
    told = async ({ reference }) => reference;
  });

  const send = (method: string, path: string, contentType?: string, body?: string) =>
    new Promise<{ status: number; text: string; headers: Record<string, unknown> }>((resolve, reject) => {
      const { hostname, port } = new URL(service.doors.partner.url);
      const outgoing = request({ host: hostname, port, method, path, headers: { ...(contentType && { 'content-type': contentType }) } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
      });
      outgoing.on('error', reject).end(body);
    });

  it.each([
    ['a form in another content type', 'POST', '/oauth2/de-linde/token', 'application/json', '{}', 'token', 'unsupported-media-type'],
    ['a content type that nobody reads', 'POST', '/oauth2/de-linde/token', 'text/plain', 'x', 'token', 'unsupported-media-type'],
    ['another method', 'GET', '/oauth2/de-linde/token', undefined, undefined, 'token', 'method-not-allowed'],
    ['more than the endpoint takes', 'POST', '/oauth2/de-linde/token', 'application/x-www-form-urlencoded', 'a'.repeat(1024 * 1024 + 1), 'token', 'body-too-large'],
  ])('is kept under the reference that it tells: %s', async (_what, method, path, contentType, body, endpoint, reason) => {
    const { text } = await send(method, path, contentType, body);
    expect(kept).toEqual([{ endpoint, org: 'de-linde', reason, reference: expect.any(String), certificate: undefined }]);
    expect(text).toContain(kept[0]!.reference);
  });

  it('tells the reference of the record that stands for it, when it has none of its own', async () => {
    told = async () => shared;
    const { text, headers } = await send('GET', '/oauth2/de-linde/token');
    expect(JSON.parse(text)).toMatchObject({ reference: shared });
    expect(headers['content-length']).toBe(String(Buffer.byteLength(text)));
    expect(text).not.toContain(kept[0]!.reference);
  });

  it('is told all the same when it cannot be kept', async () => {
    told = () => Promise.reject(new Error('disk full'));
    const { status, text } = await send('GET', '/oauth2/de-linde/token');
    expect([status, JSON.parse(text)]).toEqual([405, expect.objectContaining({ reference: kept[0]!.reference })]);
  });

  it.each([
    ['of other routes', 'POST', '/anw/de-linde/notifications', 'text/plain', 'x'],
    ['of a path that is nowhere', 'GET', '/nothing', undefined, undefined],
  ])('is not kept %s', async (_what, method, path, contentType, body) => {
    expect((await send(method, path, contentType, body)).status).toBeGreaterThanOrEqual(400);
    expect(kept).toEqual([]);
  });

  it('is not kept when a library has answered: that keeps its own', async () => {
    expect((await send('POST', '/oauth2/de-linde/token', 'application/x-www-form-urlencoded', 'grant_type=x')).status).toBe(200);
    expect(kept).toEqual([]);
  });
});
