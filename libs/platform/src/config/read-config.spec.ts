import { createCertificateAuthority } from '@anw/testing';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceSettings } from '../service/service-settings.js';
import { ConfigurationError, type Environment, readConfig } from './read-config.js';

describe('settings of a service', () => {
  let directory: string;
  let good: Record<string, string>;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'anw-settings-'));
    const authority = await createCertificateAuthority({ name: 'Spec', validDays: 1 });
    const own = await authority.issue({ dnsNames: ['custodian.example'], serverAuth: true, days: 1 });
    const file = async (name: string, text: string) => {
      await writeFile(join(directory, name), text);
      return join(directory, name);
    };
    good = {
      PARTNER_PORT: '4120',
      PARTNER_URL: 'https://custodian.example/',
      STAFF_PORT: '4121',
      STAFF_URL: 'https://staff.custodian.example',
      OPERATOR_PORT: '4122',
      TLS_CERTIFICATE_FILE: await file('certificate.pem', own.certificatePem),
      TLS_PRIVATE_KEY_FILE: await file('key.pem', own.privateKeyPem),
      TLS_TRUST_FILE: await file('ca.pem', authority.certificatePem),
      DATABASE_URL: 'postgres://app:s3cret-of-the-database@db.example/anw?sslmode=verify-full',
      NATS_URL: 'tls://bus.example:4222',
      KEY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
      OIDC_ISSUER: 'https://login.example',
      OIDC_CLIENT_ID: 'custodian',
      OIDC_CLIENT_SECRET: 's3cret-of-the-client',
    };
  });
  afterAll(() => rm(directory, { recursive: true }));

  const problemsOf = (environment: Environment): readonly string[] => {
    try {
      readConfig(environment, serviceSettings);
      return [];
    } catch (error) {
      return (error as ConfigurationError).problems;
    }
  };

  it('are read at once, with what they leave open filled in', () => {
    const config = readConfig(good, serviceSettings);
    expect(config.doors).toEqual({
      partner: { listen: { host: '0.0.0.0', port: 4120 }, url: 'https://custodian.example' },
      staff: { listen: { host: '0.0.0.0', port: 4121 }, url: 'https://staff.custodian.example' },
      operator: { listen: { host: '127.0.0.1', port: 4122 } },
    });
    expect(config.keys).toEqual({ encryptionKey: new Uint8Array(32).fill(7), previousEncryptionKey: undefined });
    expect(config.partnerTls.certificate).toContain('BEGIN CERTIFICATE');
    expect(config.outbound).toEqual({ internalHosts: [], timeoutMilliseconds: 5000 });
    expect(config.database.ownerUrl).toBeUndefined();
    expect(config.logging).toEqual({ level: 'info' });
  });

  it('name every problem at once', () => {
    const problems = problemsOf({ ...good, PARTNER_PORT: '70000', PARTNER_URL: 'http://custodian.example', DATABASE_URL: undefined, KEY_ENCRYPTION_KEY: 'AAAA', TLS_TRUST_FILE: '/nowhere/ca.pem', OIDC_ISSUER: '', LOG_LEVEL: 'loud' });
    expect(problems).toEqual([
      'PARTNER_PORT: is not a port number',
      'PARTNER_URL: is not an absolute https URL',
      'TLS_TRUST_FILE: the file cannot be read (ENOENT)',
      'DATABASE_URL: is not set',
      'KEY_ENCRYPTION_KEY: is not 32 bytes of base64',
      'OIDC_ISSUER: is not set',
      expect.stringMatching(/^LOG_LEVEL: Invalid option/),
    ]);
  });

  it('never show a value in what they complain about', () => {
    const secrets = { ...good, KEY_ENCRYPTION_KEY: 'not-base64-s3cret', DATABASE_URL: 's3cret://x', OIDC_CLIENT_SECRET: undefined, OIDC_CLAIMS: '{s3cret', NATS_URL: 's3cret' };
    const problems = problemsOf(secrets);
    expect(problems).toHaveLength(5);
    expect(problems.join()).not.toContain('s3cret');
  });

  it('name a certificate file that holds no certificate', () => {
    expect(problemsOf({ ...good, TLS_CERTIFICATE_FILE: good['TLS_PRIVATE_KEY_FILE'], TLS_PRIVATE_KEY_FILE: good['TLS_TRUST_FILE'] })).toEqual([
      'TLS_CERTIFICATE_FILE: holds no PEM certificate',
      'TLS_PRIVATE_KEY_FILE: holds no PEM private key',
    ]);
  });

  describe('of client certificates', () => {
    it('take the authorities of doors for those of clients, insist on revocation lists and believe no proxy, unless told otherwise', () => {
      const { clientTrust, trust, revocationMode, revocationListHours, proxies } = readConfig(good, serviceSettings).partnerTls;
      expect([clientTrust, revocationMode, revocationListHours, proxies]).toEqual([trust, 'hard', 4, []]);
    });

    it('name a file in which something is no authority', () => {
      expect(problemsOf({ ...good, CLIENT_TRUST_FILE: good['TLS_CERTIFICATE_FILE'] })).toEqual(['CLIENT_TRUST_FILE: holds no PEM certificates of authorities, or something that is none']);
      expect(problemsOf({ ...good, CLIENT_TRUST_FILE: good['TLS_PRIVATE_KEY_FILE'] })).toHaveLength(1);
    });

    it.each(['proxy.example', '10.0.0.0/33', '10.0.0', 'fd00::/129', '10.0.0.1/8/8', '10.0.0.0/-1', '10.0.0.0/'])('name a proxy that has no address: %s', (address) => {
      expect(problemsOf({ ...good, CLIENT_CERTIFICATE_PROXIES: `10.1.2.3, ${address}` })).toEqual(['CLIENT_CERTIFICATE_PROXIES: holds something that is neither an IP address nor a network such as 10.0.0.0/8']);
    });

    it('take addresses and networks of proxies', () => {
      expect(readConfig({ ...good, CLIENT_CERTIFICATE_PROXIES: '10.1.2.3, fd00::/8' }, serviceSettings).partnerTls.proxies).toEqual(['10.1.2.3', 'fd00::/8']);
    });

    it.each([{ CLIENT_REVOCATION: 'off' }, { CLIENT_REVOCATION_LIST_HOURS: '0' }, { CLIENT_REVOCATION_LIST_HOURS: 'long' }])('name %j', (change) => {
      expect(problemsOf({ ...good, ...change })).toEqual([expect.stringMatching(new RegExp(`^${Object.keys(change)[0]}: `))]);
    });
  });

  const insecure = {
    CLIENT_REVOCATION: 'soft',
    CLIENT_CERTIFICATE_PROXIES: '0.0.0.0/0',
    STAFF_URL: 'http://localhost:4121',
    OIDC_ISSUER: 'http://localhost:4100',
    OUTBOUND_INTERNAL_HOSTS: '*.localhost',
    DATABASE_URL: 'postgres://app:x@db.example/anw',
    NATS_URL: 'nats://bus.example',
  };

  it('are strict unless told otherwise: every insecure one is named and nothing starts', () => {
    const problems = problemsOf({ ...good, ...insecure });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['STAFF_URL', 'CLIENT_REVOCATION', 'CLIENT_CERTIFICATE_PROXIES', 'DATABASE_URL', 'NATS_URL', 'OIDC_ISSUER', 'OUTBOUND_INTERNAL_HOSTS']);
    for (const problem of problems) expect(problem).toMatch(/strict mode; STRICT_MODE=off/);
  });

  it('name malformed and insecure ones together', () => {
    expect(problemsOf({ ...good, OUTBOUND_INTERNAL_HOSTS: '*', STAFF_PORT: 'x' })).toHaveLength(2);
  });

  it('may be insecure outside production', () => {
    expect(readConfig({ ...good, ...insecure, STRICT_MODE: 'off' }, serviceSettings).outbound.internalHosts).toEqual(['*.localhost']);
  });

  it('do not take a misspelt STRICT_MODE for off', () => {
    expect(problemsOf({ ...good, STRICT_MODE: 'false' })).toEqual([expect.stringMatching(/^STRICT_MODE: /)]);
  });

  it('read as one message that people can act on', () => {
    expect(new ConfigurationError(['A: is not set', 'B: is not a port number']).message).toBe('The service cannot start with these settings:\n  - A: is not set\n  - B: is not a port number');
  });
});
