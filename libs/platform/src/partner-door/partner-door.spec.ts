import { type CertificateAuthority, type CertificatePair, createCertificateAuthority } from '@anw/testing';
import { createHash, X509Certificate } from 'node:crypto';
import { Agent, request } from 'node:https';
import { connect, type TLSSocket } from 'node:tls';
import { exampleOrganisation, exampleService, LogLines } from '../service/example-service.fixture.js';
import { type RunningService, startService } from '../service/start-service.js';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

describe('partner door over TLS', () => {
  const log = new LogLines();
  const tokenRequests: { form: string; thumbprint?: string; trusted?: boolean; flaw?: string; hosts?: readonly string[] }[] = [];
  let authority: CertificateAuthority;
  let service: RunningService;
  let actor: CertificatePair;
  let now: Date;

  beforeEach(() => void (now = new Date()));
  beforeAll(async () => {
    authority = await createCertificateAuthority({ name: 'Region', validDays: 1 });
    actor = await authority.issue({ dnsNames: ['actor.localhost', '*.actor.localhost'], clientAuth: true, serverAuth: true, days: 1 });
    const own = await authority.issue({ dnsNames: ['custodian.localhost'], clientAuth: true, serverAuth: true, days: 1 });
    service = await startService(exampleService({ log, tokenRequests, tls: { certificate: own.certificatePem, privateKey: own.privateKeyPem, trust: authority.certificatePem, clientTrust: authority.certificatePem, revocationMode: 'soft', revocationListHours: 4, proxies: [] }, certificates: { clock: () => now } }));
    await service.connected;
  });
  afterAll(() => service.stop());
  beforeEach(() => void tokenRequests.splice(0));

  const agentOf = (certificate?: CertificatePair, options: object = {}) =>
    new Agent({ ca: authority.certificatePem, servername: 'custodian.localhost', keepAlive: true, ...(certificate && { cert: certificate.certificatePem, key: certificate.privateKeyPem }), ...options });

  const call = (path: string, agent: Agent, body?: string, headers: Record<string, string> = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const { port } = new URL(service.doors.partner.url);
      const outgoing = request({ host: '127.0.0.1', port, path, agent, method: body === undefined ? 'GET' : 'POST', headers: { host: `custodian.localhost:${port}`, ...headers } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
      });
      outgoing.on('error', reject).end(body);
    });

  const requestToken = async (agent: Agent) => {
    const answer = await call('/oauth2/de-linde/token', agent, 'grant_type=vp_token-bearer&assertion=an-assertion-nobody-may-log', { 'content-type': 'application/x-www-form-urlencoded' });
    agent.destroy();
    return { answer, seen: tokenRequests[0] };
  };

  it('knows the client certificate by the SHA-256 of its DER form and its plain host names (RFC 8705 §3.1)', async () => {
    const { answer, seen } = await requestToken(agentOf(actor));
    expect(answer.status).toBe(200);
    const thumbprint = createHash('sha256').update(new X509Certificate(actor.certificatePem).raw).digest('base64url');
    expect(seen).toMatchObject({ thumbprint, trusted: true, hosts: ['actor.localhost'] });
  });

  it('serves callers without a client certificate, and knows that they have none', async () => {
    const { answer, seen } = await requestToken(agentOf());
    expect([answer.status, seen?.thumbprint]).toEqual([200, undefined]);
  });

  it.each([
    ['of another authority', async () => (await createCertificateAuthority({ name: 'Elsewhere', validDays: 1 })).issue({ dnsNames: ['actor.localhost'], clientAuth: true, days: 1 })],
    ['that has expired', () => authority.issue({ dnsNames: ['actor.localhost'], clientAuth: true, days: -1 })],
    ['that may only be a server', () => authority.issue({ dnsNames: ['actor.localhost'], serverAuth: true, days: 1 })],
  ])('does not trust a certificate %s, and says so to check 1', async (_what, issue) => {
    const { seen } = await requestToken(agentOf(await issue()));
    expect(seen).toMatchObject({ trusted: false, thumbprint: expect.any(String) });
  });

  it('knows the certificate again when the TLS session is resumed', async () => {
    const { port } = new URL(service.doors.partner.url);
    const options = { host: '127.0.0.1', port: Number(port), servername: 'custodian.localhost', ca: authority.certificatePem, cert: actor.certificatePem, key: actor.privateKeyPem };
    const session = await new Promise<Buffer>((resolve, reject) => {
      const socket = connect(options, () => socket.write(`GET /nothing HTTP/1.1\r\nhost: custodian.localhost\r\n\r\n`));
      socket.once('session', (ticket) => resolve(ticket));
      socket.once('error', reject);
      socket.on('data', () => socket.end());
    });
    const body = 'grant_type=vp_token-bearer';
    const reused = await new Promise<boolean>((resolve, reject) => {
      let resumed = false;
      const socket: TLSSocket = connect({ ...options, session }, () => {
        resumed = socket.isSessionReused();
        socket.write(`POST /oauth2/de-linde/token HTTP/1.1\r\nhost: custodian.localhost\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`);
      });
      socket.on('data', () => undefined);
      socket.once('close', () => resolve(resumed));
      socket.once('error', reject);
    });
    expect(reused).toBe(true);
    expect(tokenRequests[0]).toMatchObject({ trusted: true, hosts: ['actor.localhost'] });
  });

  it('keeps connections alive', async () => {
    const agent = agentOf(actor, { maxSockets: 1 });
    const first = await call(`/iam/${exampleOrganisation.id}/did.json`, agent);
    const second = await call(`/iam/${exampleOrganisation.id}/did.json`, agent);
    expect([first.headers['connection'], second.status]).toEqual(['keep-alive', 200]);
    agent.destroy();
  });

  it('refuses TLS older than 1.2', async () => {
    await expect(call('/nothing', agentOf(undefined, { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }))).rejects.toThrow();
  });

  it('trusts no kept-alive connection beyond the dates of its certificate', async () => {
    const agent = agentOf(actor, { maxSockets: 1 });
    const ask = () => call('/oauth2/de-linde/token', agent, 'grant_type=vp_token-bearer', { 'content-type': 'application/x-www-form-urlencoded' });
    await ask();
    now = new Date(now.getTime() + 3 * 86_400_000);
    await ask();
    expect(tokenRequests.map(({ trusted, flaw }) => [trusted, flaw])).toEqual([[true, undefined], [false, 'outside-validity']]);
    agent.destroy();
  });

  it('serves documents with the content types and cache times that nuts nodes expect', async () => {
    const agent = agentOf();
    const of = async (path: string) => {
      const { status, headers, body } = await call(path, agent);
      return [status, headers['content-type'], headers['cache-control'], body];
    };
    expect(await of(`/iam/${exampleOrganisation.id}/did.json`)).toEqual([200, expect.stringMatching(/^application\/json/), 'max-age=60', JSON.stringify({ id: exampleOrganisation.did })]);
    expect(await of(`/statuslist/${exampleOrganisation.id}/1`)).toEqual([200, expect.stringMatching(/^application\/json/), 'max-age=60', 'jwt.of.StatusList2021']);
    expect(await of(`/bitstring-statuslist/${exampleOrganisation.id}/1`)).toEqual([200, 'application/vc+jwt', 'max-age=60', 'jwt.of.BitstringStatusList']);
    expect(await of('/.well-known/oauth-authorization-server/oauth2/de-linde')).toEqual([200, expect.stringMatching(/^application\/json/), 'max-age=300', JSON.stringify({ issuer: exampleOrganisation.issuer })]);
    expect(await of('/oauth2/de-linde/presentation_definition?scope=anw-zorg-2022')).toEqual([200, expect.stringMatching(/^application\/json/), 'no-store', '{"id":"pd-1"}']);
    agent.destroy();
  });

  it('forbids anyone on the way to keep a token (RFC 6749 §5.1)', async () => {
    const { answer } = await requestToken(agentOf(actor));
    expect([answer.headers['cache-control'], answer.headers['pragma'], answer.headers['content-type']]).toEqual(['no-store', 'no-cache', 'application/json']);
    expect(answer.headers['strict-transport-security']).toContain('max-age=31536000');
  });

  it('logs neither the presentation nor the token of a token request', async () => {
    await requestToken(agentOf(actor));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(log.requests().some(({ route }) => route === '/oauth2/:org/token')).toBe(true);
    expect(log.text).not.toMatch(/nobody-may-log/);
  });
});

describe('notifications over HTTPS', () => {
  it.each([
    ['stored', 202],
    ['repeated', 202],
    ['parked', 400],
    ['retry', 503],
  ] as const)('answer %s with %i', async (kind, status) => {
    let received = '';
    const service = await startService(exampleService({ receive: async (_organisation, jws) => ((received = jws), { kind }) }));
    await service.connected;
    const response = await fetch(`${service.doors.partner.url}/anw/de-linde/notifications`, { method: 'POST', body: 'a.b.c', headers: { 'content-type': 'application/jose' } });
    expect([response.status, received]).toEqual([status, 'a.b.c']);
    await service.stop();
  });
});
