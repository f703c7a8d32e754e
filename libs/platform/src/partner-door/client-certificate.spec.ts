import { type CertificateRevocation, createCrlRevocation } from '@anw/identity';
import { type CertificateAuthority, type CertificatePair, createCertificateAuthority, type IssuedCertificate } from '@anw/testing';
import { createHash, X509Certificate } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { exampleService } from '../service/example-service.fixture.js';
import { type RunningService, startService } from '../service/start-service.js';
import type { PartnerTls } from './partner-tls-settings.js';
import { certificateProxies } from './presented-certificate.js';

const listUrl = 'http://crl.example/list.crl';

interface Seen {
  readonly thumbprint?: string;
  readonly trusted?: boolean;
  readonly flaw?: string;
  readonly hosts?: readonly string[];
}

let outward: CertificateAuthority;
let clients: CertificateAuthority;
let issuing: CertificateAuthority;
let actor: IssuedCertificate;
let revoked: IssuedCertificate[] = [];
const services: RunningService[] = [];

beforeAll(async () => {
  outward = await createCertificateAuthority({ name: 'Doors', validDays: 1 });
  clients = await createCertificateAuthority({ name: 'Clients', validDays: 1, pathLength: 1 });
  issuing = await clients.issueAuthority({ name: 'Issuing', validDays: 1, crlUrls: [listUrl] });
  actor = await issuing.issue({ dnsNames: ['actor.localhost'], clientAuth: true, days: 1, crlUrls: [listUrl] });
});
afterAll(() => Promise.all(services.map((service) => service.stop())));
beforeEach(() => void (revoked = []));

/** A partner door that takes clients of one authority and calls doors of another. */
async function openPartnerDoor(change: Partial<PartnerTls> = {}) {
  const own = await outward.issue({ dnsNames: ['custodian.localhost'], serverAuth: true, days: 1 });
  const tokenRequests: Seen[] = [];
  const clock = () => new Date();
  const lists = createCrlRevocation({ fetchList: () => issuing.revocationList({ revoked }), clock });
  const revocation: CertificateRevocation = { statusOf: async (certificate, issuer) => (certificate.isAuthority ? 'good' : lists.statusOf(certificate, issuer)) };
  const tls: PartnerTls = {
    certificate: own.certificatePem,
    privateKey: own.privateKeyPem,
    trust: outward.certificatePem,
    clientTrust: `${clients.certificatePem}\n${issuing.certificatePem}`,
    revocationMode: 'hard',
    revocationListHours: 4,
    proxies: [],
    ...change,
  };
  const service = await startService(exampleService({ tls, tokenRequests: tokenRequests as never, certificates: { revocation, clock } }));
  await service.connected;
  services.push(service);

  /** @returns what the token endpoint was told of the client's certificate, or how it was refused before */
  const ask = async ({ certificate, headers = {}, path = '/oauth2/de-linde/token' }: { readonly certificate?: CertificatePair; readonly headers?: OutgoingHttpHeaders; readonly path?: string } = {}) => {
    tokenRequests.splice(0);
    const { port } = new URL(service.doors.partner.url);
    const answer = await new Promise<{ readonly status: number; readonly contentType: string; readonly text: string }>((resolve, reject) => {
      const outgoing = request(
        {
          host: '127.0.0.1',
          port,
          path,
          method: 'POST',
          agent: false,
          servername: 'custodian.localhost',
          ca: outward.certificatePem,
          ...(certificate && { cert: certificate.certificatePem, key: certificate.privateKeyPem }),
          headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.on('end', () => resolve({ status: response.statusCode ?? 0, contentType: response.headers['content-type'] ?? '', text }));
        },
      );
      outgoing.on('error', reject).end('grant_type=vp_token-bearer');
    });
    return { ...answer, seen: tokenRequests[0] };
  };
  return ask;
}

const escaped = ({ certificatePem }: Pick<CertificatePair, 'certificatePem'>) => encodeURIComponent(certificatePem);
const thumbprintOf = ({ certificatePem }: CertificatePair) => createHash('sha256').update(new X509Certificate(certificatePem).raw).digest('base64url');

describe('client certificates at the partner door', () => {
  describe('shown in TLS', () => {
    it('count when they are of the door’s own client authorities', async () => {
      const ask = await openPartnerDoor();
      expect((await ask({ certificate: actor })).seen).toEqual({ form: expect.any(String), hosts: ['actor.localhost'], thumbprint: thumbprintOf(actor), trusted: true });
    });

    it('do not count when they are of the authority whose doors this service calls', async () => {
      const ask = await openPartnerDoor();
      const insider = await outward.issue({ dnsNames: ['actor.localhost'], clientAuth: true, days: 1, crlUrls: [listUrl] });
      expect((await ask({ certificate: insider })).seen).toMatchObject({ trusted: false, flaw: 'not-trusted' });
    });

    it('count under no authority that only they bring along', async () => {
      const ask = await openPartnerDoor({ clientTrust: clients.certificatePem });
      expect((await ask({ certificate: { ...actor, certificatePem: `${actor.certificatePem}\n${issuing.certificatePem}` } })).seen).toMatchObject({ trusted: false, flaw: 'not-trusted' });
    });

    it('are worthless once revoked', async () => {
      revoked = [actor];
      expect((await (await openPartnerDoor())({ certificate: actor })).seen).toMatchObject({ trusted: false, flaw: 'revoked' });
    });

    it('are worthless while nobody can say whether they were revoked', async () => {
      const unlisted = await issuing.issue({ dnsNames: ['actor.localhost'], clientAuth: true, days: 1 });
      expect((await (await openPartnerDoor())({ certificate: unlisted })).seen).toMatchObject({ trusted: false, flaw: 'revocation-unknown' });
      expect((await (await openPartnerDoor({ revocationMode: 'soft' }))({ certificate: unlisted })).seen).toMatchObject({ trusted: true });
    });

    it.each([
      ['with the certificate of another', (): OutgoingHttpHeaders => ({ 'x-ssl-client-cert': escaped(actor) })],
      ['empty', (): OutgoingHttpHeaders => ({ 'x-ssl-client-cert': '' })],
      ['in other letters', (): OutgoingHttpHeaders => ({ 'X-SSL-Client-Cert': escaped(actor) })],
      ['with an address of a proxy in another header', (): OutgoingHttpHeaders => ({ 'x-ssl-client-cert': escaped(actor), 'x-forwarded-for': '10.0.0.1', forwarded: 'for=10.0.0.1', 'x-real-ip': '10.0.0.1' })],
    ])('leave no room for the header of a proxy, %s: it is refused', async (_what, headers) => {
      const ask = await openPartnerDoor({ proxies: ['10.0.0.0/8', '::ffff:10.0.0.1'] });
      const { status, contentType, text, seen } = await ask({ certificate: actor, headers: headers() });
      expect([status, contentType, seen]).toEqual([400, 'application/json', undefined]);
      expect(JSON.parse(text)).toEqual({ error: 'invalid_request', error_description: expect.any(String), reference: expect.any(String) });
    });

    it('are all that counts: headers that say where a request came from do not', async () => {
      const ask = await openPartnerDoor({ proxies: ['10.0.0.1'] });
      expect((await ask({ headers: { 'x-forwarded-for': '10.0.0.1', 'x-client-cert': escaped(actor), 'ssl-client-cert': escaped(actor), 'x-forwarded-client-cert': `Cert="${escaped(actor)}"` } })).seen).toMatchObject({ thumbprint: undefined, trusted: undefined });
    });
  });

  describe('told by a proxy of ours', () => {
    let ask: Awaited<ReturnType<typeof openPartnerDoor>>;
    beforeAll(async () => {
      ask = await openPartnerDoor({ proxies: ['127.0.0.1'] });
    });
    const told = (value: string | string[]) => ask({ headers: { 'x-ssl-client-cert': value } });

    it('count as those shown in TLS do', async () => {
      expect((await told(escaped(actor))).seen).toEqual({ form: expect.any(String), hosts: ['actor.localhost'], thumbprint: thumbprintOf(actor), trusted: true });
    });

    it('are read as nginx writes them', async () => {
      const asNginx = actor.certificatePem.trim().replace(/[^A-Za-z0-9\-._~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
      expect((await told(`${asNginx}%0A`)).seen).toMatchObject({ trusted: true });
    });

    it('count in the place of the proxy’s own', async () => {
      const proxy = await issuing.issue({ dnsNames: ['proxy.localhost'], clientAuth: true, days: 1, crlUrls: [listUrl] });
      expect((await ask({ certificate: proxy })).seen).toMatchObject({ thumbprint: undefined });
      expect((await ask({ certificate: proxy, headers: { 'x-ssl-client-cert': escaped(actor) } })).seen).toMatchObject({ hosts: ['actor.localhost'] });
    });

    it('are none when the proxy was shown none', async () => {
      expect((await ask()).seen).toMatchObject({ thumbprint: undefined });
      expect((await told('')).seen).toMatchObject({ thumbprint: undefined });
    });

    it.each([
      ['of an authority that is not trusted', async () => clientOf(await createCertificateAuthority({ name: 'Elsewhere', validDays: 1 })), 'not-trusted'],
      ['of an authority that took the name of ours', async () => clientOf(await createCertificateAuthority({ name: 'Issuing', validDays: 1 })), 'chain-broken'],
      ['that has expired', () => issuing.issue({ dnsNames: ['actor.localhost'], clientAuth: true, days: -1, crlUrls: [listUrl] }), 'outside-validity'],
      ['that is for servers', () => issuing.issue({ dnsNames: ['actor.localhost'], serverAuth: true, days: 1, crlUrls: [listUrl] }), 'policy-mismatch'],
      ['that names no revocation list', () => issuing.issue({ dnsNames: ['actor.localhost'], clientAuth: true, days: 1 }), 'revocation-unknown'],
    ])('are verified by us, whatever the proxy verified: not one %s', async (_what, issue, flaw) => {
      expect((await told(escaped(await issue()))).seen).toMatchObject({ trusted: false, flaw });
    });

    it('are no certificate when they cannot be read as one', async () => {
      expect((await told(escaped({ certificatePem: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n' }))).seen).toMatchObject({ trusted: false, flaw: 'malformed', hosts: [] });
    });

    it.each([
      ['two values', () => [escaped(actor), escaped(actor)]],
      ['two values, one of them empty', () => ['', escaped(actor)]],
      ['two values that somebody joined', () => `${escaped(actor)}, ${escaped(actor)}`],
      ['two certificates', () => escaped({ certificatePem: actor.certificatePem + issuing.certificatePem })],
      ['a certificate behind something else', () => `x${escaped(actor)}`],
      ['a certificate without its frame', () => encodeURIComponent(new X509Certificate(actor.certificatePem).raw.toString('base64'))],
      ['PEM of something else', () => encodeURIComponent(actor.privateKeyPem)],
      ['escapes that are none', () => '%zz'],
      ['bytes that are no text', () => '%ff%fe'],
      ['noise', () => 'certificate'],
    ])('are refused as %s, in the dialect of the route', async (_what, value) => {
      const oauth = await told(value());
      expect([oauth.status, JSON.parse(oauth.text)]).toEqual([400, { error: 'invalid_request', error_description: expect.any(String), reference: expect.any(String) }]);
      const fhir = await ask({ path: '/fhir/de-linde/Observation', headers: { 'x-ssl-client-cert': value() } });
      expect([fhir.status, JSON.parse(fhir.text)]).toMatchObject([400, { resourceType: 'OperationOutcome', issue: [{ code: 'invalid' }] }]);
      const other = await ask({ path: '/anw/de-linde/notifications', headers: { 'x-ssl-client-cert': value() } });
      expect([other.status, other.contentType, JSON.parse(other.text)]).toMatchObject([400, 'application/problem+json', { type: 'urn:anw:problem:invalid-request' }]);
    });

    const clientOf = (authority: CertificateAuthority) => authority.issue({ dnsNames: ['actor.localhost'], clientAuth: true, days: 1, crlUrls: [listUrl] });
  });

  describe('the addresses of proxies', () => {
    it.each([
      [['10.1.2.3'], '10.1.2.3', true],
      [['10.1.2.3'], '::ffff:10.1.2.3', true],
      [['10.1.2.3'], '10.1.2.4', false],
      [['10.1.0.0/16'], '10.1.255.1', true],
      [['10.1.0.0/16'], '10.2.0.1', false],
      [['fd00::/8'], 'fd12::1', true],
      [['fd00::/8'], 'fe80::1', false],
      [['10.1.2.3', 'fd00::1'], 'fd00::1', true],
      [[], '127.0.0.1', false],
      [['127.0.0.1'], undefined, false],
    ])('%j and a request from %s', (addresses, from, expected) => expect(certificateProxies(addresses).includes(from)).toBe(expected));
  });
});
