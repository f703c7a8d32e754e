import { Database, type DatabaseConfig } from '@anw/persistence';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../servers/test-database.js';
import { describeSchema } from './describe-schema.js';

type Migrations = DatabaseConfig['migrations'];

/** What these migrations make of an empty database, as text; and what is there after they ran a second time. */
export async function migratedSchema(migrations: Migrations): Promise<{ readonly once: string; readonly twice: string }> {
  const test = await createTestDatabase(migrations);
  try {
    const once = await schemaOf(test);
    await migrateAgain(test, migrations);
    return { once, twice: await schemaOf(test) };
  } finally {
    await test.drop();
  }
}

async function schemaOf({ superuserUrl, url, ownerUrl }: TestDatabase): Promise<string> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    return await describeSchema(client, { application: new URL(url).username, owner: new URL(ownerUrl).username });
  } finally {
    await client.end();
  }
}

async function migrateAgain({ url, ownerUrl }: TestDatabase, migrations: Migrations): Promise<void> {
  const database = new Database({ url, ownerUrl, applicationName: 'again', migrations, entities: [] });
  await database.connect();
  await database.close();
}
