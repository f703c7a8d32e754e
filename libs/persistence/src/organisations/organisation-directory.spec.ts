import type { Organisation } from '@anw/identity';
import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { Did, OrganisationId, OrganisationName } from '@anw/values';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createOrganisationDirectory } from './organisation-directory.js';
import { organisationEntities } from './organisation-entities.js';
import { OrganisationTable } from './organisation-table.js';
import { createOrganisationTables } from './organisation-tables.js';

class CreateOrganisations1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createOrganisationTables(runner);
  }
  async down(): Promise<void> {}
}

function organisation(name: string, id: string): Organisation {
  const did = Did.parse(`did:web:zorg.example:iam:${id}`);
  return { id: OrganisationId.parse(id), name: OrganisationName.parse(name), did, displayName: name, city: 'Zwolle', issuer: `https://zorg.example/oauth2/${name}` };
}

const linde = organisation('linde', '11111111-1111-4111-8111-111111111111');
const eik = organisation('eik', '22222222-2222-4222-8222-222222222222');

describe('organisations of a service', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase([CreateOrganisations1700000000000], [...organisationEntities]);
  });
  afterAll(() => test.drop());

  const add = (one: Organisation) => test.database.withOrganisation(one.id, (tx) => new OrganisationTable(tx).addOrganisation(one));

  it('are found by name and by DID once they exist, without asking the database again', async () => {
    const directory = createOrganisationDirectory(test.database);
    expect(await directory.findByName(linde.name)).toBeUndefined();
    await add(linde);
    expect(await directory.findByName(linde.name)).toEqual(linde);
    await test.database.close();
    expect(await directory.findByName(linde.name)).toEqual(linde);
    expect(await directory.findByDid(linde.did)).toEqual(linde);
    await test.database.connect();
  });

  it('are listed by name', async () => {
    await add(eik);
    expect(await createOrganisationDirectory(test.database).listOrganisations()).toEqual([eik, linde]);
  });

  it('do not see each other', async () => {
    await test.database.withOrganisation(eik.id, async (tx) => {
      const table = new OrganisationTable(tx);
      expect(await table.listOrganisations()).toEqual([eik]);
      expect(await table.findByName(linde.name)).toBeUndefined();
      expect(await table.findByDid(linde.did)).toBeUndefined();
    });
  });

  it('cannot be made in the name of another', async () => {
    const forged = organisation('forged', '33333333-3333-4333-8333-333333333333');
    await expect(test.database.withOrganisation(eik.id, (tx) => new OrganisationTable(tx).addOrganisation(forged))).rejects.toThrow(/row-level security/);
  });

  it('are never changed or deleted by the service', async () => {
    const attempt = (sql: string) => test.database.withOrganisation(linde.id, (tx) => tx.query(sql));
    await expect(attempt(`UPDATE organisation SET city = 'x'`)).rejects.toThrow(/permission denied/);
    await expect(attempt('DELETE FROM organisation')).rejects.toThrow(/permission denied/);
  });
});
