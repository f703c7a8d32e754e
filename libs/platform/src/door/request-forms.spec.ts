import { exampleService, LogLines } from '../service/example-service.fixture.js';
import { type RunningService, startService } from '../service/start-service.js';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { toOriginForm } from './request-forms.js';

describe('forms of a request that are rare', () => {
  it.each([
    ['/a?b', '/a?b'],
    ['http://evil.example/a?b', '/a?b'],
    ['HTTPS://zorg.example:8443/fhir/x', '/fhir/x'],
    ['http://zorg.example', '/'],
    ['http://zorg.example?a', '/?a'],
    ['*', '*'],
    ['/http://zorg.example/', '/http://zorg.example/'],
  ])('a request target %s is the path %s', (url, path) => expect(toOriginForm({ url })).toBe(path));

  describe('at a door', () => {
    let service: RunningService;
    beforeAll(async () => {
      service = await startService(exampleService({ log: new LogLines() }));
      await service.connected;
    });
    afterAll(() => service.stop());

    async function exchange(lines: string): Promise<string> {
      const socket = connect(Number(new URL(service.doors.partner.url).port), '127.0.0.1');
      socket.write(`${lines}\r\nhost: x\r\nconnection: close\r\n\r\n`);
      return text(socket);
    }

    it('an absolute target is refused in the dialect of the path that it holds', async () => {
      const answer = await exchange('GET http://evil.example/fhir/de-linde/nothing HTTP/1.1');
      expect(answer).toMatch(/^HTTP\/1\.1 404 /);
      expect(answer).toContain('application/fhir+json');
    });

    it('a request that the parser refuses is told so, and one for the head alone gets the head alone', async () => {
      expect(await exchange('GET http://127.0.0.1\\\\x HTTP/1.1')).toMatch(/^HTTP\/1\.1 400 [^]*\r\n\r\n\{[^]*urn:anw:problem:invalid-request/);
      expect(await exchange('HEAD http://127.0.0.1\\\\x HTTP/1.1')).toMatch(/^HTTP\/1\.1 400 [^]*application\/problem\+json[^]*\r\n\r\n$/);
    });

    it('an expectation that we do not know changes nothing, and 100-continue is met', async () => {
      expect(await exchange('GET /nothing HTTP/1.1\r\nexpect: 200-ok')).toMatch(/^HTTP\/1\.1 404 [^]*urn:anw:problem:not-found/);
      expect(await exchange('POST /oauth2/de-linde/token HTTP/1.1\r\ncontent-length: 0\r\nexpect: 100-continue')).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 400 /);
    });
  });
});
