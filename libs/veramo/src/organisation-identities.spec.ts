import { createVerificationKeys, DidDocument, type Organisation, serviceEndpoint, signCompactJws, verifyCompactJws } from '@anw/identity';
import { createKeyTables, createOrganisationTables, organisationEntities } from '@anw/persistence';
import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { Did, type DidUrl, OrganisationName } from '@anw/values';
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyEncryption, KeyEncryptionKey } from './key-encryption.js';
import type { OpenKeyVault } from './key-vault.js';
import { createOrganisationIdentities, type ManagedOrganisationIdentities } from './organisation-identities.js';
import { createSealedKeyVault } from './sealed-key-vault.js';

class CreateOrganisations1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createOrganisationTables(runner);
    await createKeyTables(runner);
  }
  async down(): Promise<void> {}
}

const newKey = () => KeyEncryptionKey.parse(randomBytes(32).toString('base64'));
const encryptionKey = newKey();
const hour = 3_600_000;
const linde = { name: OrganisationName.parse('linde'), displayName: 'Thuiszorg De Linde', city: 'Zwolle' };
const eik = { name: OrganisationName.parse('eik'), displayName: 'Zorggroep De Eik', city: 'Hengelo' };

describe('identities of our organisations (design D4)', () => {
  let test: TestDatabase;
  let now: Date;

  /** What a process has after a start: nothing in memory. */
  function startProcess(encryption = createKeyEncryption(encryptionKey), openKeyVault?: OpenKeyVault): ManagedOrganisationIdentities {
    return createOrganisationIdentities({
      database: test.database,
      encryption,
      partnerUrl: 'https://custodian.localhost:8443',
      servesFhir: true,
      clock: () => now,
      ...(openKeyVault === undefined ? {} : { openKeyVault }),
    });
  }

  beforeEach(async () => {
    now = new Date('2026-11-22T20:00:00Z');
    test = await createTestDatabase([CreateOrganisations1700000000000], [...organisationEntities]);
  });
  afterEach(() => test.drop());

  async function superuser<Row>(sql: string): Promise<Row[]> {
    const client = new Client({ connectionString: test.superuserUrl });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** Signs as the organisation and verifies with nothing but its published document; gives the kid. */
  async function signAndVerify(identities: ManagedOrganisationIdentities, organisation: Organisation): Promise<DidUrl> {
    const document = DidDocument.parse(JSON.parse(JSON.stringify(await identities.didDocumentOf(organisation))));
    const jws = await signCompactJws(await identities.signerFor(organisation.did), { typ: 'JWT' }, { iss: organisation.did });
    return (await verifyCompactJws(jws, createVerificationKeys({ resolve: async () => document }))).kid;
  }

  describe('an organisation', () => {
    it('gets a did:web of its own below the partner door, and an OAuth issuer', async () => {
      const made = await startProcess().createOrganisation(linde);
      expect(made).toEqual({ ...linde, id: made.id, did: `did:web:custodian.localhost%3A8443:iam:${made.id}`, issuer: 'https://custodian.localhost:8443/oauth2/linde' });
    });

    it('signs with a key that its DID document lists', async () => {
      const identities = startProcess();
      const made = await identities.createOrganisation(linde);
      expect(await signAndVerify(identities, made)).toMatch(new RegExp(`^${made.did.replaceAll('.', '\\.')}#[0-9a-f-]{36}$`));
    });

    it('tells its endpoints in its DID document', async () => {
      const identities = startProcess();
      const document = await identities.didDocumentOf(await identities.createOrganisation(linde));
      expect(serviceEndpoint(document, 'anw-fhir')).toBe('https://custodian.localhost:8443/fhir/linde');
      expect(serviceEndpoint(document, 'anw-oauth')).toBe('https://custodian.localhost:8443/oauth2/linde');
    });

    it('is the same when it is made again with the same facts', async () => {
      const identities = startProcess();
      const made = await identities.createOrganisation(linde);
      expect(await identities.createOrganisation(linde)).toEqual(made);
      expect(await startProcess().createOrganisation(linde)).toEqual(made);
      expect(await identities.listKeys(made)).toHaveLength(1);
    });

    it('is made once when several processes make it at the same time', async () => {
      const made = await Promise.all(Array.from({ length: 6 }, () => startProcess().createOrganisation(linde)));
      expect(new Set(made.map(({ did }) => did)).size).toBe(1);
      expect(await superuser('SELECT kid FROM signing_key')).toHaveLength(1);
    });

    it('is not made again under the same name with other facts', async () => {
      const identities = startProcess();
      await identities.createOrganisation(linde);
      await expect(identities.createOrganisation({ ...linde, city: 'Deventer' })).rejects.toMatchObject({ name: 'OrganisationConflictError' });
    });

    it('is not made by halves: without a key there is no organisation', async () => {
      const broken: OpenKeyVault = (tx) => ({ ...createSealedKeyVault(tx, createKeyEncryption(encryptionKey)), createKey: () => Promise.reject(new Error('vault is away')) });
      await expect(startProcess(undefined, broken).createOrganisation(linde)).rejects.toThrow('vault is away');
      expect(await superuser('SELECT name FROM organisation')).toEqual([]);
      expect((await startProcess().createOrganisation(linde)).name).toBe('linde');
    });
  });

  describe('keys', () => {
    it('are found again after a restart', async () => {
      const made = await startProcess().createOrganisation(linde);
      const before = await signAndVerify(startProcess(), made);
      expect(await signAndVerify(startProcess(), made)).toBe(before);
    });

    it('lie encrypted in the database', async () => {
      await startProcess().createOrganisation(linde);
      const [row] = await superuser<{ sealed: Buffer; public_key_jwk: object }>('SELECT sealed, public_key_jwk FROM sealed_key JOIN signing_key USING (organisation_id, kid)');
      // DER of the object identifier of P-256, present in every unencrypted PKCS#8 of such a key.
      expect(row!.sealed.includes(Buffer.from('06082a8648ce3d030107', 'hex'))).toBe(false);
      expect(Object.keys(row!.public_key_jwk).sort()).toEqual(['crv', 'kty', 'x', 'y']);
    });

    it('cannot be used with a wrong encryption key, and readiness says so', async () => {
      const made = await startProcess().createOrganisation(linde);
      const stranger = startProcess(createKeyEncryption(newKey()));
      await expect(stranger.assertUsable()).rejects.toMatchObject({ name: 'KeyEncryptionError', code: 'unknown-encryption-key' });
      await expect(stranger.signerFor(made.did)).rejects.toMatchObject({ code: 'unknown-encryption-key' });
      await expect(startProcess().assertUsable()).resolves.toBeUndefined();
    });

    it('move to a new encryption key, after which the old one can go', async () => {
      const identities = startProcess();
      const made = await identities.createOrganisation(linde);
      await identities.createOrganisation(eik);
      const kid = await signAndVerify(identities, made);
      const next = newKey();
      expect(await startProcess(createKeyEncryption(next, [encryptionKey])).resealKeys()).toBe(2);
      const afterwards = startProcess(createKeyEncryption(next));
      await afterwards.assertUsable();
      expect(await signAndVerify(afterwards, made)).toBe(kid);
      expect(await afterwards.resealKeys()).toBe(0);
    });

    it('do not open in the row of another organisation', async () => {
      const identities = startProcess();
      const made = await identities.createOrganisation(linde);
      await identities.createOrganisation(eik);
      await superuser(`UPDATE sealed_key SET sealed = (SELECT sealed FROM sealed_key JOIN organisation USING (organisation_id) WHERE name = 'eik')`);
      await expect(startProcess().signerFor(made.did)).rejects.toMatchObject({ code: 'tampered' });
    });

    it('are seen by their own organisation only, even in SQL that names none', async () => {
      const identities = startProcess();
      const [one, two] = [await identities.createOrganisation(linde), await identities.createOrganisation(eik)];
      for (const table of ['organisation', 'organisation_did', 'signing_key', 'sealed_key']) {
        const rows = await test.database.withOrganisation(one.id, (tx) => tx.query<{ organisation_id: string }>(`SELECT organisation_id FROM ${table}`));
        expect(rows.map((row) => row.organisation_id)).toEqual([one.id]);
      }
      expect((await identities.signerFor(one.did)).kid).not.toBe((await identities.signerFor(two.did)).kid);
      expect(await identities.listKeys(one)).toHaveLength(1);
    });

    it('of a DID that is not ours are not to be had', async () => {
      await expect(startProcess().signerFor(Did.parse('did:web:evil.example'))).rejects.toMatchObject({ name: 'SigningKeyMissingError' });
    });

    it('sign without a query once they are open', async () => {
      const identities = startProcess();
      const made = await identities.createOrganisation(linde);
      await identities.signerFor(made.did);
      await test.database.close();
      await expect(signCompactJws(await identities.signerFor(made.did), {}, {})).resolves.toBeDefined();
      await test.database.connect();
    });
  });

  describe('rotation', () => {
    it('publishes the new key at once and signs with it after the hour that partners may keep a document', async () => {
      const identities = startProcess();
      const made = await identities.createOrganisation(linde);
      const before = await signAndVerify(identities, made);
      const added = await identities.rotateKey(made);
      expect((await identities.didDocumentOf(made)).assertionMethod).toEqual([added.kid, before]);
      now = new Date(now.getTime() + hour - 1);
      expect(await signAndVerify(identities, made)).toBe(before);
      now = new Date(now.getTime() + 60_000);
      expect(await signAndVerify(identities, made)).toBe(added.kid);
    });

    it('keeps what the old key signed verifiable', async () => {
      const identities = startProcess();
      const made = await identities.createOrganisation(linde);
      const jws = await signCompactJws(await identities.signerFor(made.did), {}, {});
      await identities.rotateKey(made, { signFrom: now });
      const document = await identities.didDocumentOf(made);
      await expect(verifyCompactJws(jws, createVerificationKeys({ resolve: async () => document }))).resolves.toBeDefined();
      expect((await identities.listKeys(made)).map(({ state }) => state)).toEqual(['active', 'retired']);
    });

    it('is at once when asked, in this process now and in another within a minute', async () => {
      const [identities, other] = [startProcess(), startProcess()];
      const made = await identities.createOrganisation(linde);
      const before = (await other.signerFor(made.did)).kid;
      const added = await identities.rotateKey(made, { signFrom: now });
      expect((await identities.signerFor(made.did)).kid).toBe(added.kid);
      expect((await other.signerFor(made.did)).kid).toBe(before);
      now = new Date(now.getTime() + 60_000);
      expect((await other.signerFor(made.did)).kid).toBe(added.kid);
    });

    it('can be done several times at once: one key signs', async () => {
      const identities = startProcess();
      const made = await identities.createOrganisation(linde);
      // Each adds a key with a name of its own at any place among the others: no order of rows keeps them from waiting for each other.
      for (const _ of [1, 2, 3]) await Promise.all([1, 2, 3, 4].map(() => identities.rotateKey(made, { signFrom: now })));
      expect(await identities.listKeys(made)).toHaveLength(13);
      await signAndVerify(identities, made);
    });

    it('of one organisation leaves another alone', async () => {
      const identities = startProcess();
      const [one, two] = [await identities.createOrganisation(linde), await identities.createOrganisation(eik)];
      const before = await signAndVerify(identities, two);
      await identities.rotateKey(one, { signFrom: now });
      expect(await signAndVerify(identities, two)).toBe(before);
      expect(await identities.listKeys(two)).toHaveLength(1);
    });
  });

  describe('withdrawal of a key that leaked', () => {
    it('takes it out of the document and destroys its private half', async () => {
      const identities = startProcess();
      const made = await identities.createOrganisation(linde);
      const leaked = (await identities.signerFor(made.did)).kid;
      const { kid } = await identities.rotateKey(made, { signFrom: now });
      await identities.withdrawKey(made, leaked);
      expect((await identities.didDocumentOf(made)).assertionMethod).toEqual([kid]);
      expect(await superuser('SELECT kid FROM sealed_key')).toEqual([{ kid }]);
      expect((await identities.listKeys(made)).find((key) => key.kid === leaked)?.state).toBe('withdrawn');
    });

    it('is refused for the only key that can sign now', async () => {
      const identities = startProcess();
      const made = await identities.createOrganisation(linde);
      const only = (await identities.signerFor(made.did)).kid;
      await identities.rotateKey(made);
      await expect(identities.withdrawKey(made, only)).rejects.toMatchObject({ name: 'LastSigningKeyError' });
      expect(await signAndVerify(identities, made)).toBe(only);
    });
  });
});
