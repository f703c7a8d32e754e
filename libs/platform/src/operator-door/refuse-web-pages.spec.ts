import { request } from 'node:http';
import { exampleService } from '../service/example-service.fixture.js';
import { type RunningService, startService } from '../service/start-service.js';

describe('the operator door and web pages', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService(exampleService());
    await service.connected;
  });
  afterAll(() => service.stop());

  const rotate = '/operator/organisations/de-linde/keys/rotate';

  function ask(path: string, headers: Readonly<Record<string, string>>, method = 'GET'): Promise<{ readonly status: number; readonly text: string }> {
    const { port } = new URL(service.doors.operator.url);
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, method, headers: { host: `127.0.0.1:${port}`, ...headers } }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      });
      sent.on('error', reject).end();
    });
  }

  it.each([
    ['a page of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a page that hides where it is from', { origin: 'null' }],
    ['a page of another port of this machine', { 'sec-fetch-site': 'same-site' }],
    ['a page that passes for one of this door', { 'sec-fetch-site': 'same-origin' }],
    ['a page whose host name was made to mean this machine', { host: 'evil.example:4122' }],
    ['a page whose host name resembles this machine’s', { host: 'localhost.evil.example' }],
    ['a page with a host that is none', { host: 'a b' }],
  ])('%s gets nothing and changes nothing', async (_who, headers) => {
    for (const [method, path] of [['GET', '/operator/organisations'], ['POST', rotate], ['GET', '/openapi.json'], ['GET', '/metrics']] as const) {
      const { status, text } = await ask(path, headers, method);
      expect([path, status, JSON.parse(text)]).toMatchObject([path, 403, { type: 'urn:anw:problem:cross-site', detail: 'The operator door takes no requests of web pages.' }]);
    }
  });

  it.each<Readonly<Record<string, string>>>([{}, { host: 'localhost' }, { host: 'localhost:9999' }, { host: '[::1]:4122' }, { host: '10.1.2.3:4122' }, { 'sec-fetch-site': 'none' }])('a tool, or somebody who types the address, is let in: %j', async (headers) => {
    expect((await ask('/operator/organisations', headers)).status).toBe(200);
    expect((await ask(rotate, headers, 'POST')).status).toBe(201);
  });

  it('may be asked by a host name where it listens to others as well', async () => {
    const wide = exampleService();
    const running = await startService({ ...wide, doors: { ...wide.doors, operator: { ...wide.doors.operator, listen: { host: '0.0.0.0', port: 0 } } } });
    const answer = await running.doors.operator.fastify.inject({ url: '/metrics', headers: { host: 'custodian.monitoring.svc:4122' } });
    const page = await running.doors.operator.fastify.inject({ url: '/metrics', headers: { host: 'custodian.monitoring.svc:4122', origin: 'https://evil.example' } });
    await running.stop();
    expect([answer.statusCode, page.statusCode]).toEqual([200, 403]);
  });
});
