import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { ensureServiceDatabase, type ServiceDatabase } from './service-database.js';

const serverUrl = process.env['ANW_TEST_POSTGRES_URL'] ?? '';

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('database of a service in the region (design D13)', () => {
  const names = [`r_${randomUUID().slice(0, 8)}_custodian`, `r_${randomUUID().slice(0, 8)}_actor`] as const;
  const ensure = (name: string, fresh = false): Promise<ServiceDatabase> =>
    ensureServiceDatabase({ serverUrl, name, ownerPassword: 'p@ss/w:ord', applicationPassword: 'sec#ret', fresh });
  let custodian: ServiceDatabase;
  beforeAll(async () => {
    custodian = await ensure(names[0]);
    await ensure(names[1]);
  });
  afterAll(async () => {
    for (const name of names) {
      await ask(serverUrl, `DROP DATABASE "${name}" WITH (FORCE)`);
      await ask(serverUrl, `DROP ROLE "${name}_owner", "${name}_app"`);
    }
  });

  it('lets its owner make tables', async () => {
    await ask(custodian.ownerUrl, 'CREATE TABLE note (id int)');
    expect(await ask(custodian.ownerUrl, 'SELECT count(*)::int AS n FROM note')).toEqual([{ n: 0 }]);
  });

  it('lets the application in, and gives it no table of its own accord', async () => {
    await expect(ask(custodian.url, 'SELECT * FROM note')).rejects.toThrow(/permission denied/);
    await expect(ask(custodian.url, 'CREATE TABLE mine (id int)')).rejects.toThrow(/permission denied/);
  });

  it('is closed to the roles of another service', async () => {
    const foreign = Object.assign(new URL(custodian.url), { pathname: `/${names[1]}` }).toString();
    await expect(ask(foreign, 'SELECT 1')).rejects.toThrow(/permission denied for database/);
  });

  it('stays as it is when it is asked for again', async () => {
    await ensure(names[0]);
    expect(await ask(custodian.ownerUrl, 'SELECT count(*)::int AS n FROM note')).toEqual([{ n: 0 }]);
  });

  it('is empty after a fresh start', async () => {
    await ensure(names[0], true);
    await expect(ask(custodian.ownerUrl, 'SELECT * FROM note')).rejects.toThrow(/does not exist/);
  });
});
