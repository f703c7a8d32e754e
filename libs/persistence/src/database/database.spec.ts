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

  it('takes nothing of a transaction in which a statement failed, even when nobody looked', async () => {
    const work = test.database.withOrganisation(linde, async (tx) => {
      await tx.query('INSERT INTO note VALUES ($1, 4)', [linde]);
      await tx.query('INSERT INTO note VALUES ($1, 1)', [linde]).catch(() => undefined);
    });
    await expect(work).rejects.toThrow('rolled back');
    expect(await test.database.withOrganisation(linde, (tx) => tx.query('SELECT id FROM note'))).toEqual([{ id: 1 }]);
  });

  it('takes statements that leave together all or none', async () => {
    const work = test.database.withOrganisation(linde, (tx) => Promise.all([5, 1, 6].map((id) => tx.query('INSERT INTO note VALUES ($1, $2)', [linde, id], 'add-note'))));
    await expect(work).rejects.toThrow(/duplicate key/);
    expect(await test.database.withOrganisation(linde, (tx) => tx.query('SELECT id FROM note'))).toEqual([{ id: 1 }]);
    const whole = test.database.withOrganisation(eik, (tx) => Promise.all([7, 8].map((id) => tx.query('INSERT INTO note VALUES ($1, $2)', [eik, id], 'add-note'))));
    await expect(whole).resolves.toHaveLength(2);
  });

  it('keeps a statement that leaves with the commit together with all else', async () => {
    await test.database.withOrganisation(eik, async (tx) => {
      tx.queryAtCommit('INSERT INTO note VALUES ($1, 21)', [eik]);
      await tx.query('INSERT INTO note VALUES ($1, 20)', [eik]);
    });
    expect(await test.database.withOrganisation(eik, (tx) => tx.query('SELECT id FROM note WHERE id >= 20 ORDER BY id'))).toEqual([{ id: 20 }, { id: 21 }]);
  });

  it('keeps nothing when a statement that leaves with the commit fails, and says why', async () => {
    const work = test.database.withOrganisation(linde, async (tx) => {
      tx.queryAtCommit('INSERT INTO note VALUES ($1, 1)', [linde]);
      await tx.query('INSERT INTO note VALUES ($1, 22)', [linde]);
      return 'done';
    });
    await expect(work).rejects.toThrow(/duplicate key/);
    expect(await test.database.withOrganisation(linde, (tx) => tx.query('SELECT id FROM note'))).toEqual([{ id: 1 }]);
  });

  it('asks for nothing at the commit when the work rejects', async () => {
    const work = test.database.withOrganisation(linde, async (tx) => {
      tx.queryAtCommit('INSERT INTO note VALUES ($1, 23)', [linde]);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await test.database.withOrganisation(linde, (tx) => tx.query('SELECT id FROM note'))).toEqual([{ id: 1 }]);
  });

  describe('in a transaction that is asked for everything at once', () => {
    const pine = OrganisationId.parse('33333333-3333-4333-8333-333333333333');
    const idsOf = (organisation: OrganisationId) => test.database.withOrganisationAtOnce(organisation, (tx) => tx.query<{ id: number }>('SELECT id FROM note ORDER BY id', [], 'ids'));

    it('keeps what was written, and shows it to its organisation only', async () => {
      await test.database.withOrganisationAtOnce(pine, (tx) => tx.query('INSERT INTO note VALUES ($1, 1)', [tx.organisation]));
      expect(await idsOf(pine)).toEqual([{ id: 1 }]);
      expect(await idsOf(linde)).toEqual([{ id: 1 }]);
      await expect(test.database.withOrganisationAtOnce(linde, (tx) => tx.query('INSERT INTO note VALUES ($1, 9)', [pine]))).rejects.toThrow(/row-level security/);
    });

    it('keeps nothing when the statement fails, and the connection is good for the next', async () => {
      for (let time = 1; time <= 12; time += 1) {
        await expect(test.database.withOrganisationAtOnce(pine, (tx) => tx.query('INSERT INTO note VALUES ($1, 1)', [pine], 'add-again'))).rejects.toThrow(/duplicate key/);
      }
      expect(await idsOf(pine)).toEqual([{ id: 1 }]);
    });

    it('keeps all of its statements or none, and says which of them failed', async () => {
      const oak = OrganisationId.parse('55555555-5555-4555-8555-555555555555');
      const add = (...ids: readonly number[]) => test.database.withOrganisationAtOnce(oak, (tx) => Promise.all(ids.map((id) => tx.query(`INSERT INTO note VALUES ($1, ${id}) RETURNING id`, [oak]))));
      expect(await add(3, 4)).toEqual([[{ id: 3 }], [{ id: 4 }]]);
      for (let time = 1; time <= 12; time += 1) await expect(add(5, 4, 6)).rejects.toThrow(/duplicate key/);
      expect(await idsOf(oak)).toEqual([{ id: 3 }, { id: 4 }]);
    });

    it('keeps nothing when a statement whose answer nobody waits for fails, and says why', async () => {
      const both = test.database.withOrganisationAtOnce(linde, async (tx) => {
        tx.queryAtCommit('INSERT INTO note VALUES ($1, 1)', [linde]);
        return tx.query('SELECT 1 AS one');
      });
      await expect(both).rejects.toThrow(/duplicate key/);
    });

    it('refuses a statement that waited for another', async () => {
      const work = test.database.withOrganisationAtOnce(pine, async (tx) => {
        await tx.query('SELECT 1');
        await tx.query('INSERT INTO note VALUES ($1, 2)', [pine]);
      });
      await expect(work).rejects.toThrow('asked for after its transaction');
      expect(await idsOf(pine)).toEqual([{ id: 1 }]);
    });

    it('refuses to be asked for nothing', async () => {
      await expect(test.database.withOrganisationAtOnce(pine, async () => 'idle')).rejects.toThrow('asked for no statement');
    });

    it('never lets organisations that ask at the same time see each other', async () => {
      const answers = await Promise.all(Array.from({ length: 200 }, async (_, index) => (index % 2 === 0 ? idsOf(pine) : idsOf(OrganisationId.parse('44444444-4444-4444-8444-444444444444')))));
      answers.forEach((rows, index) => expect(rows).toHaveLength(index % 2 === 0 ? 1 : 0));
    });
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
