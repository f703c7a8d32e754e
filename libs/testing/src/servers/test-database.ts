import { Database, type DatabaseConfig } from '@anw/persistence';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

const CONNECT_ATTEMPTS = 6;

export interface TestDatabase {
  readonly database: Database;
  /** Application role: what the service logs in with. */
  readonly url: string;
  /** Owning role: what migrates. */
  readonly ownerUrl: string;
  /** Superuser on the same database, to look behind the back of row-level security. */
  readonly superuserUrl: string;
  drop(): Promise<void>;
}

/** A fresh database with an owning and an application role, migrated and connected; needs the adapter project's global set-up. */
export async function createTestDatabase(migrations: DatabaseConfig['migrations'], entities: DatabaseConfig['entities'] = []): Promise<TestDatabase> {
  const serverUrl = process.env['ANW_TEST_POSTGRES_URL'];
  if (serverUrl === undefined) throw new Error('no test PostgreSQL: run this spec in the "adapters" project');
  const name = `t_${randomUUID().replaceAll('-', '').slice(0, 20)}`;
  await onServer(serverUrl, [
    `CREATE ROLE ${name}_owner LOGIN PASSWORD 'test'`,
    `CREATE ROLE ${name}_app LOGIN PASSWORD 'test'`,
    `CREATE DATABASE ${name} OWNER ${name}_owner`,
  ]);
  const url = withUser(serverUrl, `${name}_app`, name);
  const ownerUrl = withUser(serverUrl, `${name}_owner`, name);
  const database = new Database({ url, ownerUrl, applicationName: 'spec', migrations, entities });
  await connectPatiently(database);
  return {
    database,
    url,
    ownerUrl,
    superuserUrl: Object.assign(new URL(serverUrl), { pathname: `/${name}` }).toString(),
    drop: async () => {
      await database.close();
      await onServer(serverUrl, [`DROP DATABASE ${name} WITH (FORCE)`, `DROP ROLE ${name}_owner`, `DROP ROLE ${name}_app`]);
    },
  };
}

/** A service goes on trying as well: on a busy machine the first connections of many specs wait for each other. */
async function connectPatiently(database: Database): Promise<void> {
  for (let attempt = 1; attempt < CONNECT_ATTEMPTS; attempt += 1) {
    const isConnected = await database.connect().then(() => true, () => false);
    if (isConnected) return;
  }
  await database.connect();
}

async function onServer(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function withUser(serverUrl: string, user: string, database: string): string {
  return Object.assign(new URL(serverUrl), { username: user, password: 'test', pathname: `/${database}` }).toString();
}
