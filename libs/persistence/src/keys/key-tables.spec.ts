import type { KeyState } from '@anw/identity';
import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { Did, DidUrl, OrganisationId, OrganisationName } from '@anw/values';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { organisationEntities } from '../organisations/organisation-entities.js';
import { OrganisationTable } from '../organisations/organisation-table.js';
import { createOrganisationTables } from '../organisations/organisation-tables.js';
import { createKeyTables } from './key-tables.js';
import { OrganisationDidTable } from './organisation-did-table.js';
import { sampleSealedKeys, SealedKeyTable } from './sealed-key-table.js';
import { SigningKeyTable } from './signing-key-table.js';

class CreateKeys1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createOrganisationTables(runner);
    await createKeyTables(runner);
  }
  async down(): Promise<void> {}
}

const linde = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const eik = OrganisationId.parse('22222222-2222-4222-8222-222222222222');
const didOfOrganisation = (id: OrganisationId) => Did.parse(`did:web:zorg.example:iam:${id}`);
const key = (id: OrganisationId, name: string, hour = 1, state: KeyState = 'active') => ({
  kid: DidUrl.parse(`${didOfOrganisation(id)}#${name}`),
  vault: 'sealed',
  publicKeyJwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
  state,
  signFrom: new Date(Date.UTC(2026, 10, 22, hour)),
});

describe('keys of an organisation', () => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await createTestDatabase([CreateKeys1700000000000], [...organisationEntities]);
    for (const [id, name] of [[linde, 'linde'], [eik, 'eik']] as const) {
      await test.database.withOrganisation(id, (tx) =>
        new OrganisationTable(tx).addOrganisation({ id, name: OrganisationName.parse(name), did: didOfOrganisation(id), displayName: name, city: 'Zwolle', issuer: `https://zorg.example/oauth2/${name}` }),
      );
    }
  });
  afterEach(() => test.drop());

  it('are listed newest first, whatever their state', async () => {
    await test.database.withOrganisation(linde, async (tx) => {
      const table = new SigningKeyTable(tx);
      for (const one of [key(linde, 'a', 1), key(linde, 'b', 2)]) await table.addKey(one);
      await table.changeState(key(linde, 'a').kid, 'retired');
      expect(await table.listKeys()).toEqual([key(linde, 'b', 2), key(linde, 'a', 1, 'retired')]);
      expect(await table.findKey(key(linde, 'a').kid)).toEqual(key(linde, 'a', 1, 'retired'));
    });
  });

  it('are neither seen nor changed by another organisation', async () => {
    await test.database.withOrganisation(linde, async (tx) => {
      await new SigningKeyTable(tx).addKey(key(linde, 'a'));
      await new SealedKeyTable(tx).addSealedKey({ kid: key(linde, 'a').kid, encryptionKeyId: 'k1', sealed: Buffer.from('x') });
      await new OrganisationDidTable(tx).saveDid({ did: didOfOrganisation(linde), alias: 'linde', provider: 'did:web' });
    });
    await test.database.withOrganisation(eik, async (tx) => {
      const { kid } = key(linde, 'a');
      expect(await new SigningKeyTable(tx).listKeys()).toEqual([]);
      expect(await new SigningKeyTable(tx).findKey(kid)).toBeUndefined();
      expect(await new SealedKeyTable(tx).findSealedKey(kid)).toBeUndefined();
      expect(await new OrganisationDidTable(tx).findDids({ did: didOfOrganisation(linde) })).toEqual([]);
      await new SigningKeyTable(tx).changeState(kid, 'withdrawn');
      await new SealedKeyTable(tx).deleteSealedKey(kid);
    });
    await test.database.withOrganisation(linde, async (tx) => {
      expect((await new SigningKeyTable(tx).listKeys())[0]?.state).toBe('active');
      expect(await new SealedKeyTable(tx).listSealedKeys()).toHaveLength(1);
    });
  });

  it('have ids that no two organisations share', async () => {
    await test.database.withOrganisation(linde, (tx) => new SigningKeyTable(tx).addKey(key(linde, 'a')));
    await expect(test.database.withOrganisation(eik, (tx) => new SigningKeyTable(tx).addKey(key(linde, 'a')))).rejects.toMatchObject({ code: '23505' });
  });

  it('are never deleted, only withdrawn', async () => {
    await expect(test.database.withOrganisation(linde, (tx) => tx.query('DELETE FROM signing_key'))).rejects.toThrow(/permission denied/);
  });

  it('lie sealed, can be sealed anew and be destroyed', async () => {
    const { kid } = key(linde, 'a');
    await test.database.withOrganisation(linde, async (tx) => {
      const table = new SealedKeyTable(tx);
      await table.addSealedKey({ kid, encryptionKeyId: 'k1', sealed: Buffer.from('one') });
      await table.replaceSealedKey({ kid, encryptionKeyId: 'k2', sealed: Buffer.from('two') });
      expect(await table.findSealedKey(kid)).toEqual({ kid, encryptionKeyId: 'k2', sealed: Buffer.from('two') });
      await table.deleteSealedKey(kid);
      expect(await table.listSealedKeys()).toEqual([]);
    });
  });

  it('are sampled once per encryption key over all organisations', async () => {
    for (const [id, encryptionKeyId] of [[linde, 'k1'], [eik, 'k1'], [eik, 'k2']] as const) {
      await test.database.withOrganisation(id, (tx) => new SealedKeyTable(tx).addSealedKey({ kid: key(id, encryptionKeyId).kid, encryptionKeyId, sealed: Buffer.from('x') }));
    }
    const samples = await test.database.acrossOrganisations(sampleSealedKeys);
    expect(samples.map(({ organisation, encryptionKeyId }) => [organisation, encryptionKeyId])).toEqual([[linde, 'k1'], [eik, 'k2']]);
  });
});

describe('DID of an organisation', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase([CreateKeys1700000000000], [...organisationEntities]);
    await test.database.withOrganisation(linde, (tx) =>
      new OrganisationTable(tx).addOrganisation({ id: linde, name: OrganisationName.parse('linde'), did: didOfOrganisation(linde), displayName: 'x', city: 'x', issuer: 'https://zorg.example/oauth2/linde' }),
    );
  });
  afterAll(() => test.drop());

  it('is saved once and then changed in place, found by DID, alias or provider', async () => {
    const stored = { did: didOfOrganisation(linde), alias: 'linde', provider: 'did:web', controllerKid: `${didOfOrganisation(linde)}#a` };
    await test.database.withOrganisation(linde, async (tx) => {
      const table = new OrganisationDidTable(tx);
      await table.saveDid({ did: stored.did, alias: 'linde', provider: 'did:web' });
      await table.saveDid(stored);
      for (const where of [{ did: stored.did }, { alias: 'linde' }, { provider: 'did:web' }, {}]) expect(await table.findDids(where)).toEqual([stored]);
      expect(await table.findDids({ alias: 'eik' })).toEqual([]);
    });
  });
});
