import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { OrganisationId } from '@anw/values';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DatabaseUnavailableError, Database } from './database.js';
import { lockToOrganisation } from './schema.js';

const linde = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const eik = OrganisationId.parse('22222222-2222-4222-8222-222222222222');

class CreateNote1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE note (organisation_id uuid NOT NULL, id int NOT NULL, PRIMARY KEY (organisation_id, id))');
    await lockToOrganisation(runner, 'note', ['SELECT', 'INSERT']);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE note');
  }
}

describe('database of a service that hosts many organisations (design D2)', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase([CreateNote1700000000000]);
    await test.database.withOrganisation(linde, (tx) => tx.query('INSERT INTO note VALUES ($1, 1)', [linde]));
  });
  afterAll(() => test.drop());

  it('shows an organisation its own rows', async () => {
    expect(await test.database.withOrganisation(linde, (tx) => tx.query('SELECT id FROM note'))).toEqual([{ id: 1 }]);
  });

  it('shows another organisation nothing, even when a query forgets to name the organisation', async () => {
    expect(await test.database.withOrganisation(eik, (tx) => tx.query('SELECT id FROM note'))).toEqual([]);
  });

  it('refuses a row written for another organisation', async () => {
    await expect(test.database.withOrganisation(eik, (tx) => tx.query('INSERT INTO note VALUES ($1, 2)', [linde]))).rejects.toThrow(/row-level security/);
  });

  it('gives the application role no right that was not granted', async () => {
    await expect(test.database.withOrganisation(linde, (tx) => tx.query('DELETE FROM note'))).rejects.toThrow(/permission denied/);
  });

  it('rolls back when the work rejects', async () => {
    const work = test.database.withOrganisation(linde, async (tx) => {
      await tx.query('INSERT INTO note VALUES ($1, 3)', [linde]);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await test.database.withOrganisation(linde, (tx) => tx.query('SELECT id FROM note'))).toEqual([{ id: 1 }]);
  });

  it('survives the loss of its connections', async () => {
    const admin = await createTestDatabase([]);
    await admin.drop();
    await test.database.acrossOrganisations((tx) => tx.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid()'));
    expect(await test.database.withOrganisation(linde, (tx) => tx.query('SELECT id FROM note'))).toEqual([{ id: 1 }]);
  });

  it('says that it is unavailable when nothing listens', async () => {
    const absent = new Database({ url: 'postgres://x:y@127.0.0.1:1/z', applicationName: 'spec', migrations: [], entities: [] });
    await expect(absent.connect()).rejects.toBeInstanceOf(DatabaseUnavailableError);
    expect(absent.ready).toBe(false);
  });

  it('waits without the owning role until another process has migrated, and is then ready', async () => {
    const fresh = await createTestDatabase([]);
    const settings = { url: fresh.url, applicationName: 'spec', migrations: [CreateNote1700000000000], entities: [] };
    const waiting = new Database(settings);
    await expect(waiting.connect()).rejects.toThrow('migrations are pending (CreateNote1700000000000)');
    expect(waiting.ready).toBe(false);

    const migrating = new Database({ ...settings, ownerUrl: fresh.ownerUrl });
    await migrating.connect();
    await migrating.close();

    await waiting.connect();
    expect(waiting.ready).toBe(true);
    expect(await waiting.withOrganisation(linde, (tx) => tx.query('SELECT id FROM note'))).toEqual([]);
    await waiting.close();
    await fresh.drop();
  });

  it('waits without the owning role at a database that nobody ever migrated', async () => {
    const fresh = await createTestDatabase([]);
    const superuser = new Client({ connectionString: fresh.superuserUrl });
    await superuser.connect();
    await superuser.query('DROP TABLE migration');
    await superuser.end();
    const waiting = new Database({ url: fresh.url, applicationName: 'spec', migrations: [CreateNote1700000000000], entities: [] });
    await expect(waiting.connect()).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await fresh.drop();
  });

  it('does no harm when it migrates a second time', async () => {
    const again = new Database({ url: test.url, ownerUrl: test.ownerUrl, applicationName: 'spec', migrations: [CreateNote1700000000000], entities: [] });
    await again.connect();
    expect(await again.withOrganisation(linde, (tx) => tx.query('SELECT id FROM note'))).toEqual([{ id: 1 }]);
    await again.close();
  });

  it('keeps the list of migrations out of reach of the application role', async () => {
    await expect(test.database.acrossOrganisations((tx) => tx.query('DELETE FROM migration'))).rejects.toThrow(/permission denied/);
  });
});
