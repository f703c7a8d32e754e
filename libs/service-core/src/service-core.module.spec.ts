import type { OfferedScope } from '@anw/authorization';
import { ANW_REGISSEUR_SCOPE } from '@anw/credentials';
import { DidDocument } from '@anw/identity';
import { OperatorDoorModule, PartnerDoorModule, readConfig, type RunningService, serviceSettings, StaffDoorModule, startService } from '@anw/platform';
import { type CertificateAuthority, createCertificateAuthority, createTestDatabase, freePort, type TestDatabase } from '@anw/testing';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import { Client } from 'pg';
import { defineService } from './define-service.js';
import { serviceCoreEntities } from './service-core-tables.js';
import { CreateServiceCore1700000000000 } from './service-core.fixture.js';
import { ServiceCoreModule, serviceCoreTokens } from './service-core.module.js';
import { NotificationHandling, OfferedScopes } from './tokens.js';

/** A service that adds nothing to what every service has. */
class NoScopes extends OfferedScopes {
  scopesOf(): readonly OfferedScope[] {
    return [{ name: ANW_REGISSEUR_SCOPE, mayUse: async () => false }];
  }
}

class NothingToHear extends NotificationHandling {
  readonly effects = {};

  stores(): never {
    throw new Error('nobody notifies');
  }
}

describe('core of a service, with nothing of a role', () => {
  let directory: string;
  let database: TestDatabase;
  let authority: CertificateAuthority;
  let service: RunningService;
  let host: string;
  let fingerprint: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'anw-core-'));
    [database, authority] = await Promise.all([createTestDatabase([]), createCertificateAuthority({ name: 'spec', validDays: 1 })]);
    const config = readConfig(await environment(), serviceSettings);
    const core = ServiceCoreModule.register({
      name: 'core',
      config: config as never,
      migrations: [CreateServiceCore1700000000000],
      entities: serviceCoreEntities,
      servesFhir: false,
      providers: [{ provide: OfferedScopes, useClass: NoScopes }, { provide: NotificationHandling, useClass: NothingToHear }],
    });
    const doors = { partner: PartnerDoorModule, staff: StaffDoorModule.with({ oidc: config.oidc as never, url: 'http://localhost', title: 'Kern' }), operator: OperatorDoorModule };
    service = await startService(defineService({ name: 'core', config: config as never, core, bridge: serviceCoreTokens, doors, pagesDirectory: directory }));
    await service.connected;
  });
  afterAll(async () => {
    await service?.stop();
    await database?.drop();
    await rm(directory, { recursive: true, force: true });
  });

  async function environment(): Promise<Record<string, string>> {
    const port = await freePort();
    host = `core.localhost:${port}`;
    const { certificatePem, privateKeyPem } = await authority.issue({ dnsNames: ['core.localhost'], serverAuth: true, clientAuth: true, days: 1 });
    ({ fingerprint256: fingerprint } = new X509Certificate(certificatePem));
    for (const [name, pem] of Object.entries({ certificate: certificatePem, key: privateKeyPem, trust: authority.certificatePem })) await writeFile(join(directory, name), pem);
    return {
      PARTNER_PORT: String(port), PARTNER_HOST: '127.0.0.1', PARTNER_URL: `https://${host}`,
      STAFF_PORT: '0', STAFF_HOST: '127.0.0.1', STAFF_URL: 'http://localhost', OPERATOR_PORT: '0',
      TLS_CERTIFICATE_FILE: join(directory, 'certificate'), TLS_PRIVATE_KEY_FILE: join(directory, 'key'), TLS_TRUST_FILE: join(directory, 'trust'), CLIENT_REVOCATION: 'soft',
      DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl, KEY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
      OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_CLIENT_ID: 'core', OIDC_CLIENT_SECRET: 'secret', OUTBOUND_INTERNAL_HOSTS: '*.localhost', STRICT_MODE: 'off', LOG_LEVEL: 'error',
    };
  }

  const operator = (path: string, init?: RequestInit) => fetch(`${service.doors.operator.url}${path}`, init);

  function partner(path: string): Promise<{ readonly status: number; readonly body: unknown }> {
    const { hostname, port } = new URL(`https://${host}`);
    return new Promise((resolve, reject) => {
      const take = async (status: number, body: string) => resolve({ status, body: JSON.parse(body) as unknown });
      // The very certificate that it was given tells that this service answered; whom a certificate convinces is the business of `partner-door.spec.ts`.
      const asked = request({ host: '127.0.0.1', port, path, servername: hostname, agent: false, rejectUnauthorized: false, headers: { host } }, (response) => {
        const { fingerprint256 } = (response.socket as TLSSocket).getPeerCertificate();
        if (fingerprint256 !== fingerprint) reject(new Error(`${fingerprint256} answered instead of ${fingerprint}`));
        else void text(response).then((body) => take(response.statusCode!, body), reject);
      });
      asked.on('error', reject).end();
    });
  }

  it.each(serviceCoreTokens.map((token) => [String(typeof token === 'function' ? token.name : token), token] as const))('gives its doors %s', (_name, token) => {
    expect(service.core.get(token as never)).toBeDefined();
  });

  it('is ready as soon as there is a database, without a bus', async () => {
    expect((await operator('/health/ready')).status).toBe(200);
  });

  it('makes an organisation whose DID document, metadata and presentation definition partners find', async () => {
    const answer = await operator('/operator/organisations', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'kern', displayName: 'Zorg Kern', city: 'Zutphen' }) });
    expect(answer.status).toBe(201);
    const { did, issuer } = (await answer.json()) as { did: string; issuer: string };
    const document = DidDocument.parse((await partner(`/iam/${did.split(':').at(-1)}/did.json`)).body);
    expect(document).toMatchObject({ id: did, verificationMethod: [{ controller: did }] });
    expect(await partner('/.well-known/oauth-authorization-server/oauth2/kern')).toMatchObject({ status: 200, body: { issuer, token_endpoint: `${issuer}/token` } });
    expect(await partner(`/oauth2/kern/presentation_definition?scope=${ANW_REGISSEUR_SCOPE}`)).toMatchObject({ status: 200 });
    expect(await partner('/oauth2/kern/presentation_definition?scope=anw-zorg-2022')).toMatchObject({ status: 400 });
  });

  it('measures what it sends, to whom it speaks and what it decides', async () => {
    const metrics = await (await operator('/metrics')).text();
    for (const name of ['anw_outbox_messages', 'anw_partner_circuits', 'anw_partner_requests_total', 'anw_decisions_total']) expect(metrics).toContain(`# HELP ${name} `);
  });

  it('leaves no connection to the database when it has stopped', async () => {
    await service.stop();
    const client = new Client({ connectionString: database.superuserUrl });
    await client.connect();
    try {
      const { rows } = await client.query(`SELECT application_name FROM pg_stat_activity WHERE application_name = 'core' AND datname = current_database()`);
      expect(rows).toEqual([]);
    } finally {
      await client.end();
    }
  });
});
