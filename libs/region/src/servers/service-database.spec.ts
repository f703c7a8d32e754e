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
  const names: [string, string, ...string[]] = [`r_${randomUUID().slice(0, 8)}_custodian`, `r_${randomUUID().slice(0, 8)}_actor`];
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

  it('takes over the database of a template with its tables and rights, and only when there is none yet', async () => {
    const template = `r_${randomUUID().slice(0, 8)}_template`;
    const { ownerUrl } = await ensure(template);
    await ask(ownerUrl, `CREATE TABLE note AS SELECT 7 AS id; GRANT SELECT ON note TO "${template}_app"`);
    const fromTemplate = (name: string) => ensureServiceDatabase({ serverUrl, name, ownerPassword: 'another', applicationPassword: 'word', fresh: false, template });
    const taken = `r_${randomUUID().slice(0, 8)}_regisseur`;
    const { url } = await fromTemplate(taken);
    names.push(taken);
    expect(await ask(url, 'SELECT id FROM note')).toEqual([{ id: 7 }]);
    expect(await ask(serverUrl, `SELECT rolname FROM pg_roles WHERE rolname LIKE '${template}%'`)).toEqual([]);
    await ask((await fromTemplate(taken)).ownerUrl, 'INSERT INTO note VALUES (8)');
    expect(await ask(url, 'SELECT count(*)::int AS n FROM note')).toEqual([{ n: 2 }]);
  });
});
