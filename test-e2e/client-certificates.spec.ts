import type { Region } from '@anw/region';
import { ANW_REGISSEUR_SCOPE, createPresentation } from '@anw/credentials';
import { type CertificateAuthority, type CertificatePair, createCertificateAuthority, type IssuedCertificate } from '@anw/testing';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bloodPressuresOf } from './support/fhir-request.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import type { RawAnswer } from './support/raw-request.js';
import { type Replica, startReplica } from './support/start-replica.js';
import { organisationOf } from './support/stranger-credentials.js';
import { type AskedCustodian, custodianNamed, introduceStrangers, type Strangers } from './support/strangers.js';
import { startTemporaryRegion } from './support/temporary-region.js';
import { tokenForm } from './support/token-request.js';
import { seenOf } from './support/wrong-callers.js';

const reference: unknown = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const requesterRefused = { error: 'invalid_request', error_description: 'The requesting system or its user is not accepted.', reference };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('client certificates at the doors of a custodian (check 1; design D3, D20)', () => {
  let region: Region;
  let network: PartnerNetwork;
  let linde: AskedCustodian;
  let strangers: Strangers;
  let directory: string;
  /** An authority of clients alone, and the one below it that issues. */
  let root: CertificateAuthority;
  let issuing: CertificateAuthority & IssuedCertificate;
  let lists: Server;
  const revoked: IssuedCertificate[] = [];
  const listUrl = (name: string) => `http://crl.localhost:${(lists.address() as AddressInfo).port}/${name}.crl`;

  beforeAll(async () => {
    region = await startTemporaryRegion({ bus: 'none', logLevel: 'error' });
    network = await openPartnerNetwork(region);
    linde = custodianNamed(region, 'de-linde');
    strangers = await introduceStrangers(network, linde);
    directory = await mkdtemp(join(tmpdir(), 'anw-clients-'));
    lists = createServer((incoming, answer) => {
      const list = incoming.url === '/root.crl' ? root.revocationList({ revoked: [] }) : incoming.url === '/issuing.crl' ? issuing.revocationList({ revoked }) : undefined;
      if (list === undefined) answer.writeHead(404).end();
      else void list.then((der) => answer.writeHead(200, { 'content-type': 'application/pkix-crl' }).end(der));
    });
    lists.listen(0, '127.0.0.1');
    await once(lists, 'listening');
    root = await createCertificateAuthority({ name: 'Clients', validDays: 1, pathLength: 1 });
    issuing = await root.issueAuthority({ name: 'Issuing', validDays: 1, crlUrls: [listUrl('root')] });
    await writeFile(join(directory, 'clients.pem'), `${root.certificatePem}\n${issuing.certificatePem}\n`);
  });

  afterAll(async () => {
    await network?.close();
    await region?.stop();
    lists?.closeAllConnections();
    lists?.close();
    if (directory) await rm(directory, { recursive: true });
  });

  const issue = (change: { readonly days?: number; readonly crlUrls?: readonly string[]; readonly host?: string } = {}) =>
    issuing.issue({ dnsNames: [change.host ?? 'stranger-actor.localhost'], clientAuth: true, days: change.days ?? 1, crlUrls: change.crlUrls ?? [listUrl('issuing')] });

  interface Call {
    readonly method?: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string | readonly string[]>>;
    readonly body?: string;
    /** In TLS. */
    readonly certificate?: CertificatePair;
  }

  /** At a port of the custodian service, of the region's own process or of a replica. */
  function call(port: number, { method = 'GET', path, headers = {}, body, certificate }: Call): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      const tls = { servername: 'custodian.localhost', ca: network.authority.certificatePem, ...(certificate && { cert: certificate.certificatePem, key: certificate.privateKeyPem }) };
      const sent = request({ host: '127.0.0.1', port, method, path, agent: false, headers: headers as never, ...tls }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, contentType: (incoming.headers['content-type'] ?? '').split(';')[0]!, headers: incoming.headers, text: Buffer.concat(chunks).toString() }));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  const askToken = async (port: number, shown: Pick<Call, 'headers' | 'certificate'>) =>
    call(port, { method: 'POST', path: `/oauth2/${linde.name}/token`, headers: { ...form, ...shown.headers }, body: String(await tokenForm(strangers)), ...(shown.certificate && { certificate: shown.certificate }) });
  const tokenIn = ({ status, text }: RawAnswer): string => {
    expect([status, text]).toEqual([200, expect.stringContaining('access_token')]);
    return (JSON.parse(text) as { access_token: string }).access_token;
  };
  const record = (token: string, shown: Pick<Call, 'headers' | 'certificate'> = {}): Call => ({
    path: `/fhir/${linde.name}/${bloodPressuresOf(linde.patient)}`,
    headers: { authorization: `Bearer ${token}`, ...shown.headers },
    ...(shown.certificate && { certificate: shown.certificate }),
  });

  /** Refused by check 1, for this reason. */
  async function expectRefused(answer: RawAnswer, reason: string): Promise<void> {
    expect([answer.status, JSON.parse(answer.text)]).toEqual([400, requesterRefused]);
    const { verdicts } = await linde.operator.decision((JSON.parse(answer.text) as { reference: string }).reference);
    expect(verdicts[0]).toMatchObject({ check: 1, verdict: 'denied', reason, repair: expect.stringMatching(/\.$/) });
  }

  describe('with authorities of clients of its own, and revocation lists that it insists on', () => {
    let replica: Replica;
    beforeAll(async () => {
      replica = await startReplica(region, 'custodian', { CLIENT_TRUST_FILE: join(directory, 'clients.pem'), CLIENT_REVOCATION: 'hard' });
    });
    afterAll(() => replica?.stop());

    it('takes a certificate that its authorities vouch for, and gives it a token that opens the record', async () => {
      const certificate = await issue();
      const token = tokenIn(await askToken(replica.port, { certificate }));
      expect((await call(replica.port, record(token, { certificate }))).status).toBe(200);
    });

    it('takes none of the authority whose doors it calls itself', async () => {
      await expectRefused(await askToken(replica.port, { certificate: strangers.actor.certificate }), 'certificate-not-trusted');
    });

    it('takes none that was revoked, and what had been given over it opens nothing any more', async () => {
      const certificate = await issue();
      const token = tokenIn(await askToken(replica.port, { certificate }));
      revoked.push(certificate);
      // A process that has the list of before until it asks again; a new one asks now.
      const fresh = await startReplica(region, 'custodian', { CLIENT_TRUST_FILE: join(directory, 'clients.pem'), CLIENT_REVOCATION: 'hard' });
      try {
        await expectRefused(await askToken(fresh.port, { certificate }), 'certificate-revoked');
        expect((await call(fresh.port, record(token, { certificate }))).status).toBe(401);
      } finally {
        await fresh.stop();
      }
    });

    it.each([
      ['names no revocation list', () => issue({ crlUrls: [] })],
      ['names a list that is not there', () => issue({ crlUrls: [listUrl('nowhere')] })],
      ['names the list of another authority', () => issue({ crlUrls: [listUrl('root')] })],
    ])('takes none that %s', async (_what, certificateOf) => {
      await expectRefused(await askToken(replica.port, { certificate: await certificateOf() }), 'certificate-status-unknown');
    });

    it('takes none that has expired', async () => {
      await expectRefused(await askToken(replica.port, { certificate: await issue({ days: -1 }) }), 'certificate-outside-validity');
    });

    it('asks revocation lists of no internal address that it was not told of', async () => {
      await expectRefused(await askToken(replica.port, { certificate: await issue({ crlUrls: ['http://169.254.169.254/latest/meta-data/'] }) }), 'certificate-status-unknown');
    });
  });

  describe('behind a proxy that tells the certificate', () => {
    let replica: Replica;
    beforeAll(async () => {
      replica = await startReplica(region, 'custodian', { CLIENT_TRUST_FILE: join(directory, 'clients.pem'), CLIENT_REVOCATION: 'hard', CLIENT_CERTIFICATE_PROXIES: '127.0.0.1' });
    });
    afterAll(() => replica?.stop());

    const told = ({ certificatePem }: Pick<CertificatePair, 'certificatePem'>) => ({ 'x-ssl-client-cert': encodeURIComponent(certificatePem) });

    it('gives a token bound to the certificate that the proxy tells, which opens the record with it and not with another, nor without', async () => {
      const certificate = await issue();
      const token = tokenIn(await askToken(replica.port, { headers: told(certificate) }));
      expect((await call(replica.port, record(token, { headers: told(certificate) }))).status).toBe(200);
      const refused = { status: 401, contentType: 'application/fhir+json', challenge: 'Bearer error="invalid_token"' };
      expect(seenOf(await call(replica.port, record(token, { headers: told(await issue()) })))).toMatchObject(refused);
      expect(seenOf(await call(replica.port, record(token)))).toMatchObject(refused);
      // That of the proxy itself is nobody's.
      expect(seenOf(await call(replica.port, record(token, { certificate })))).toMatchObject(refused);
    });

    it('lets a regisseur in below /anw with the certificate that the proxy tells', async () => {
      const certificate = await issue({ host: 'stranger-regisseur.localhost' });
      const { signer } = strangers.regisseur;
      const assertion = await createPresentation(signer, { audience: linde.issuer, credentials: [await organisationOf(strangers.regisseur)], now: new Date() });
      const submission = { id: randomUUID(), definition_id: `pd-${ANW_REGISSEUR_SCOPE}`, descriptor_map: [{ id: 'organization', format: 'jwt_vc', path: '$.verifiableCredential[0]' }] };
      const body = new URLSearchParams({ grant_type: 'vp_token-bearer', scope: ANW_REGISSEUR_SCOPE, presentation_submission: JSON.stringify(submission), assertion });
      const token = tokenIn(await call(replica.port, { method: 'POST', path: `/oauth2/${linde.name}/token`, headers: { ...form, ...told(certificate) }, body: String(body) }));
      const allowlist = (headers: Call['headers']) => call(replica.port, { path: `/anw/${linde.name}/allowlist`, headers: { authorization: `Bearer ${token}`, ...headers } });
      expect((await allowlist(told(certificate))).status).toBe(200);
      expect((await allowlist(told(await issue()))).status).toBe(401);
      expect((await allowlist({})).status).toBe(401);
    });

    it('verifies it whatever the proxy verified', async () => {
      await expectRefused(await askToken(replica.port, { headers: told(strangers.actor.certificate) }), 'certificate-not-trusted');
      await expectRefused(await askToken(replica.port, { headers: told(await issue({ days: -1 })) }), 'certificate-outside-validity');
      await expectRefused(await askToken(replica.port, { headers: told(await issue({ crlUrls: [] })) }), 'certificate-status-unknown');
    });

    it('takes a request for which the proxy tells none as one without a certificate', async () => {
      await expectRefused(await askToken(replica.port, { headers: { 'x-ssl-client-cert': '' } }), 'no-client-certificate');
      await expectRefused(await askToken(replica.port, { certificate: await issue() }), 'no-client-certificate');
    });

    it('refuses two of them', async () => {
      const certificate = await issue();
      const { 'x-ssl-client-cert': one } = told(certificate);
      const answer = await askToken(replica.port, { headers: { 'x-ssl-client-cert': [one, one] } });
      expect([answer.status, JSON.parse(answer.text)]).toEqual([400, { error: 'invalid_request', error_description: expect.any(String), reference }]);
    });
  });

  describe('to whom no proxy was named', () => {
    const own = () => Number(new URL(linde.door).port);
    const forged = () => ({ 'x-ssl-client-cert': encodeURIComponent(strangers.actor.certificate.certificatePem), 'x-forwarded-for': '127.0.0.1' });

    it('refuses the header at the token endpoint, at FHIR and below /anw, each in its dialect', async () => {
      const token = await askToken(own(), { headers: forged() });
      expect([token.status, JSON.parse(token.text)]).toEqual([400, { error: 'invalid_request', error_description: expect.any(String), reference }]);
      const fhir = await call(own(), record('any', { headers: forged() }));
      expect([fhir.status, JSON.parse(fhir.text)]).toMatchObject([400, { resourceType: 'OperationOutcome', issue: [{ code: 'invalid' }] }]);
      const anw = await call(own(), { path: `/anw/${linde.name}/allowlist`, headers: forged() });
      expect([anw.status, JSON.parse(anw.text)]).toMatchObject([400, { type: 'urn:anw:problem:invalid-request', detail: expect.stringContaining('X-Ssl-Client-Cert') }]);
    });

    it('takes no token over a certificate that is only said, not shown', async () => {
      const token = tokenIn(await askToken(own(), { certificate: strangers.actor.certificate }));
      expect((await call(own(), record(token, { certificate: strangers.actor.certificate }))).status).toBe(200);
      expect((await call(own(), record(token, { headers: forged() }))).status).toBe(400);
      expect((await call(own(), record(token, { headers: { 'x-client-cert': forged()['x-ssl-client-cert'], 'x-forwarded-client-cert': `Cert="${forged()['x-ssl-client-cert']}"` } }))).status).toBe(401);
    });
  });
});
