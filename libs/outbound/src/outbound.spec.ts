import { type CertificateAuthority, type CertificatePair, createCertificateAuthority } from '@anw/testing';
import { once } from 'node:events';
import { createServer as createPlainServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { createOutbound, type Outbound, type OutboundConfig } from './outbound.js';

let authority: CertificateAuthority;
let stranger: CertificateAuthority;
let custodian: CertificatePair;
let actor: CertificatePair;
const open: { close(): unknown }[] = [];

beforeAll(async () => {
  [authority, stranger] = await Promise.all(['Region CA', 'Other CA'].map((name) => createCertificateAuthority({ name, validDays: 2 }))) as [CertificateAuthority, CertificateAuthority];
  custodian = await authority.issue({ dnsNames: ['custodian.localhost'], serverAuth: true, clientAuth: true, days: 1 });
  actor = await authority.issue({ dnsNames: ['actor.localhost'], serverAuth: true, clientAuth: true, days: 1 });
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

/** A partner's door on loopback; gives its port. */
async function door(handler: RequestListener, options: ServerOptions = {}): Promise<number> {
  const server = createServer({ cert: custodian.certificatePem, key: custodian.privateKeyPem, ca: authority.certificatePem, requestCert: true, rejectUnauthorized: false, ...options }, handler);
  return listen(server);
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return (server.address() as AddressInfo).port;
}

function outbound(changes: Partial<OutboundConfig> = {}): Outbound {
  const made = createOutbound({
    ca: authority.certificatePem,
    clientCertificate: actor,
    allowedInternalHosts: ['*.localhost'],
    requireTls: true,
    timeoutMilliseconds: 2_000,
    maxResponseBytes: 1_000,
    ...changes,
  });
  open.push(made);
  return made;
}

const failureOf = (answer: Promise<unknown>) =>
  answer.then(
    () => 'answered',
    (error: { name: string; code: string }) => (error.name === 'OutboundError' ? error.code : Promise.reject(error)),
  );

const ok: RequestListener = (_request, response) => void response.end('ok');

describe('requests to partners', () => {
  it('reach a name below .localhost over TLS without any look-up (RFC 6761)', async () => {
    const port = await door(ok);
    const { fetch } = outbound({ resolveHost: () => Promise.reject(new Error('nobody is asked')) });
    const response = await fetch(`https://custodian.localhost:${port}/x`);
    expect([response.status, await response.text()]).toEqual([200, 'ok']);
  });

  it('present our client certificate', async () => {
    const seen: unknown[] = [];
    const port = await door((request, response) => {
      const socket = request.socket as TLSSocket;
      seen.push(socket.authorized, socket.getPeerCertificate().subjectaltname);
      response.end();
    });
    await outbound().fetch(`https://custodian.localhost:${port}/`);
    expect(seen).toEqual([true, 'DNS:actor.localhost']);
  });

  it('carry method, headers and body, and bring back status and headers', async () => {
    const port = await door(async (request, response) => {
      const body = await text(request);
      response.writeHead(201, { 'content-type': 'application/json', 'x-two': ['a', 'b'], location: '/made' });
      response.end(JSON.stringify({ method: request.method, url: request.url, type: request.headers['content-type'], body }));
    });
    const response = await outbound().fetch(`https://custodian.localhost:${port}/a?b=c`, { method: 'post', body: new URLSearchParams({ p: 'é' }), headers: { accept: 'x/y' } });
    expect(response.status).toBe(201);
    expect([response.headers.get('location'), response.headers.get('x-two')]).toEqual(['/made', 'a, b']);
    expect(await response.json()).toEqual({ method: 'POST', url: '/a?b=c', type: 'application/x-www-form-urlencoded;charset=UTF-8', body: 'p=%C3%A9' });
  });

  it('let no caller set the host or the framing', async () => {
    const port = await door((request, response) => void response.end(JSON.stringify(request.headers)));
    const headers = { host: 'evil.example', 'content-length': '999', 'transfer-encoding': 'chunked' };
    const answer = (await (await outbound().fetch(`https://custodian.localhost:${port}/`, { method: 'POST', body: 'abc', headers })).json()) as Record<string, string>;
    expect(answer).toMatchObject({ host: `custodian.localhost:${port}`, 'content-length': '3' });
    expect(answer['transfer-encoding']).toBeUndefined();
  });

  it('keep connections alive, one pool per partner', async () => {
    const ports = new Set<number | undefined>();
    const port = await door((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('ok');
    });
    const { fetch } = outbound();
    for (let request = 0; request < 30; request += 1) await fetch(`https://custodian.localhost:${port}/${request}`);
    // The pool may open a second one when a request follows at once on the last byte of the one before.
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  it('repeat a read whose kept connection was closed under it, never a write', async () => {
    let requests = 0;
    const port = await door((request, response) => {
      requests += 1;
      if (requests === 2 || request.method === 'POST') request.socket.destroy();
      else response.end('ok');
    });
    const { fetch } = outbound();
    await fetch(`https://custodian.localhost:${port}/`);
    expect((await fetch(`https://custodian.localhost:${port}/`)).status).toBe(200);
    expect(requests).toBe(3);
    expect(await failureOf(fetch(`https://custodian.localhost:${port}/`, { method: 'POST', body: 'x' }))).toBe('unreachable');
    expect(requests).toBe(4);
  });

  it('hand a redirect back without following it', async () => {
    let requests = 0;
    const port = await door((_request, response) => {
      requests += 1;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect((await outbound().fetch(`https://custodian.localhost:${port}/`)).status).toBe(302);
    expect(requests).toBe(1);
  });

  it.each([204, 304])('take an answer with status %d, which has no body', async (status) => {
    const port = await door((_request, response) => void response.writeHead(status).end());
    expect((await outbound().fetch(`https://custodian.localhost:${port}/`)).status).toBe(status);
  });

  describe('TLS', () => {
    it('refuses a door whose certificate another authority issued', async () => {
      const forged = await stranger.issue({ dnsNames: ['custodian.localhost'], serverAuth: true, days: 1 });
      const port = await door(ok, { cert: forged.certificatePem, key: forged.privateKeyPem });
      expect(await failureOf(outbound().fetch(`https://custodian.localhost:${port}/`))).toBe('tls');
    });

    it('refuses a certificate for another name', async () => {
      const port = await door(ok, { cert: actor.certificatePem, key: actor.privateKeyPem });
      expect(await failureOf(outbound().fetch(`https://custodian.localhost:${port}/`))).toBe('tls');
    });

    it('refuses a certificate that has expired', async () => {
      const expired = await authority.issue({ dnsNames: ['custodian.localhost'], serverAuth: true, days: -1 });
      const port = await door(ok, { cert: expired.certificatePem, key: expired.privateKeyPem });
      expect(await failureOf(outbound().fetch(`https://custodian.localhost:${port}/`))).toBe('tls');
    });

    it('refuses a certificate that is not for servers', async () => {
      const clientOnly = await authority.issue({ dnsNames: ['custodian.localhost'], clientAuth: true, days: 1 });
      const port = await door(ok, { cert: clientOnly.certificatePem, key: clientOnly.privateKeyPem });
      expect(await failureOf(outbound().fetch(`https://custodian.localhost:${port}/`))).toBe('tls');
    });

    it('refuses TLS below 1.2', async () => {
      const port = await door(ok, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
      expect(await failureOf(outbound().fetch(`https://custodian.localhost:${port}/`))).toBe('tls');
    });

    it('speaks plain http to nobody while TLS is required', async () => {
      const port = await listen(createPlainServer(ok));
      expect(await failureOf(outbound().fetch(`http://custodian.localhost:${port}/`))).toBe('forbidden-url');
    });

    it('speaks plain http, where TLS is not required, to allowed internal hosts only', async () => {
      const port = await listen(createPlainServer(ok));
      const { fetch } = outbound({ requireTls: false });
      expect((await fetch(`http://custodian.localhost:${port}/`)).status).toBe(200);
      expect(await failureOf(fetch('http://zorg.example/'))).toBe('forbidden-url');
    });
  });

  describe('our own network (server-side request forgery)', () => {
    it.each([
      'https://127.0.0.1/',
      'https://2130706433/',
      'https://0x7f.1/',
      'https://10.0.0.1/',
      'https://8.8.8.8/',
      'https://[::1]/',
      'https://[::ffff:127.0.0.1]/',
      'https://localhost/',
      'https://custodian.localhost/',
      'https://zorg.example./',
      'https://user:secret@zorg.example/',
      'ftp://zorg.example/',
      'file:///etc/passwd',
      'data:text/plain,x',
      'no url',
    ])('is not reached by %s', async (url) => {
      expect(await failureOf(outbound({ allowedInternalHosts: [], requireTls: false }).fetch(url))).toBe('forbidden-url');
    });

    it.each(['127.0.0.1', '10.0.0.5', '169.254.169.254', '::1', 'fd00::1', '::ffff:10.0.0.1'])('is not reached by a name that resolves to %s', async (address) => {
      const port = await door(ok);
      const { fetch } = outbound({ resolveHost: async () => [{ address, family: address.includes(':') ? 6 : 4 }] });
      expect(await failureOf(fetch(`https://zorg.example:${port}/`))).toBe('forbidden-address');
    });

    it('is not reached when one of several addresses lies inside', async () => {
      const { fetch } = outbound({ resolveHost: async () => [{ address: '8.8.8.8', family: 4 }, { address: '127.0.0.1', family: 4 }] });
      expect(await failureOf(fetch('https://zorg.example/'))).toBe('forbidden-address');
    });

    it('is not reached by a name that answers differently each time: the address checked is the address connected to', async () => {
      const port = await door(ok);
      let asked = 0;
      const { fetch } = outbound({
        timeoutMilliseconds: 300,
        resolveHost: async () => [{ address: (asked += 1) === 1 ? '8.8.8.8' : '127.0.0.1', family: 4 }],
      });
      expect(['timeout', 'unreachable']).toContain(await failureOf(fetch(`https://zorg.example:${port}/`)));
      expect(asked).toBe(1);
      expect(await failureOf(fetch(`https://zorg.example:${port}/`))).toBe('forbidden-address');
    });

    it('is open for the hosts named by configuration', async () => {
      const internal = await authority.issue({ dnsNames: ['fhir.intern.example'], serverAuth: true, days: 1 });
      const port = await door(ok, { cert: internal.certificatePem, key: internal.privateKeyPem });
      const { fetch } = outbound({ allowedInternalHosts: ['fhir.intern.example'], resolveHost: async () => [{ address: '127.0.0.1', family: 4 }] });
      expect((await fetch(`https://fhir.intern.example:${port}/`)).status).toBe(200);
      expect(await failureOf(fetch(`https://evil-fhir.intern.example:${port}/`))).toBe('forbidden-address');
    });

    it('does not take the suffix itself, or a name that merely ends alike, for a name below it', async () => {
      const { fetch } = outbound({ allowedInternalHosts: ['*.intern.example'], resolveHost: async () => [{ address: '127.0.0.1', family: 4 }] });
      expect(await failureOf(fetch('https://intern.example/'))).toBe('forbidden-address');
      expect(await failureOf(fetch('https://notintern.example/'))).toBe('forbidden-address');
    });
  });

  describe('limits', () => {
    it('stops at more bytes than allowed, announced or not', async () => {
      const port = await door((request, response) => {
        if (request.url === '/announced') response.setHeader('content-length', '1001');
        response.end('x'.repeat(request.url === '/fits' ? 1000 : 1001));
      });
      const { fetch } = outbound();
      const base = `https://custodian.localhost:${port}`;
      expect((await (await fetch(`${base}/fits`)).text()).length).toBe(1000);
      expect(await failureOf(fetch(`${base}/announced`))).toBe('response-too-large');
      expect(await failureOf(fetch(`${base}/streamed`))).toBe('response-too-large');
      expect(await failureOf(fetch(`${base}/fits`, { maxResponseBytes: 999 }))).toBe('response-too-large');
    });

    it('does not wait for the end of an endless answer', async () => {
      const port = await door((_request, response) => {
        const drip = setInterval(() => response.write('x'.repeat(200)), 5);
        response.on('close', () => clearInterval(drip));
      });
      expect(await failureOf(outbound().fetch(`https://custodian.localhost:${port}/`))).toBe('response-too-large');
    });

    it.each([
      ['no header', () => undefined],
      ['no end of the body', (response: ServerResponse) => response.write('x')],
      ['a drip of bytes that never ends in time', (response: ServerResponse) => void setInterval(() => response.write('x'), 20).unref()],
    ])('gives up in time when there is %s', async (_what, answer) => {
      const port = await door((_request, response) => void answer(response));
      expect(await failureOf(outbound({ timeoutMilliseconds: 150 }).fetch(`https://custodian.localhost:${port}/`))).toBe('timeout');
    });

    it('gives up in time when nobody shakes hands', async () => {
      const silent = createTcpServer(() => undefined).listen(0, '127.0.0.1');
      await once(silent, 'listening');
      expect(await failureOf(outbound({ timeoutMilliseconds: 150 }).fetch(`https://custodian.localhost:${(silent.address() as AddressInfo).port}/`))).toBe('timeout');
      silent.close();
    });

    it('gives up in time when the name does not resolve', async () => {
      const { fetch } = outbound({ timeoutMilliseconds: 150, resolveHost: () => new Promise(() => undefined) });
      expect(await failureOf(fetch('https://zorg.example/'))).toBe('timeout');
    });

    it('stops when the caller does', async () => {
      const port = await door(() => undefined);
      const controller = new AbortController();
      const failure = failureOf(outbound().fetch(`https://custodian.localhost:${port}/`, { signal: controller.signal }));
      controller.abort();
      expect(await failure).toBe('aborted');
    });

    it('says unreachable when nothing listens or the name is unknown', async () => {
      expect(await failureOf(outbound().fetch('https://custodian.localhost:1/'))).toBe('unreachable');
      const { fetch } = outbound({ resolveHost: () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' })) });
      expect(await failureOf(fetch('https://zorg.example/'))).toBe('unreachable');
    });
  });

  describe('a partner that does not answer', () => {
    const circuits = { failuresToOpen: 2, firstPauseMilliseconds: 60_000, longestPauseMilliseconds: 60_000, maxUnderWay: 8 };

    it('is left alone after a few requests, while others are asked as before; each outcome is reported', async () => {
      const outcomes: string[] = [];
      const silent = await door(() => undefined);
      const fine = await door(ok);
      const { fetch, countCircuits } = outbound({ timeoutMilliseconds: 100, circuits, onOutcome: (outcome) => outcomes.push(outcome) });
      const failures = [];
      for (let request = 0; request < 4; request += 1) failures.push(await failureOf(fetch(`https://custodian.localhost:${silent}/`)));
      expect(failures).toEqual(['timeout', 'timeout', 'circuit-open', 'circuit-open']);
      expect((await fetch(`https://custodian.localhost:${fine}/`)).status).toBe(200);
      expect(outcomes).toEqual([...failures, 'answered']);
      expect(countCircuits()).toEqual({ closed: 1, open: 1, 'half-open': 0 });
    });

    it('has no more requests under way than it may, while others are asked as before', async () => {
      let arrived = 0;
      const silent = await door(() => void (arrived += 1));
      const fine = await door(ok);
      const { fetch } = outbound({ timeoutMilliseconds: 300, circuits });
      const failures = await Promise.all([...Array.from({ length: 50 }, () => failureOf(fetch(`https://custodian.localhost:${silent}/`))), failureOf(fetch(`https://custodian.localhost:${fine}/`))]);
      expect(failures.at(-1)).toBe('answered');
      expect([failures.filter((code) => code === 'timeout').length, failures.filter((code) => code === 'too-busy').length, arrived]).toEqual([8, 42, 8]);
    });

    it('is not counted among partners for a URL that is never asked', async () => {
      const { fetch, countCircuits } = outbound({ allowedInternalHosts: [] });
      await failureOf(fetch('https://127.0.0.1/'));
      expect(countCircuits()).toEqual({ closed: 0, open: 0, 'half-open': 0 });
    });
  });

  it('keep path and query out of the error', async () => {
    const error = (await outbound().fetch('https://custodian.localhost:1/secret-path?secret-query').catch((caught: unknown) => caught)) as Error;
    expect(error.message).toBe('request to custodian.localhost failed: unreachable');
  });
});

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
