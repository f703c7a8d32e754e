import type { DatabaseConfig } from '@anw/persistence';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startPostgres } from '../servers/postgres.js';
import { migratedSchema } from './migrated-schema.js';

/** `write-schemas.js apps/actor …`: writes the `schema.sql` of each app from its migrations, for review. */
const server = await startPostgres();
process.env['ANW_TEST_POSTGRES_URL'] = server.url;
try {
  for (const app of process.argv.slice(2)) {
    const file = join(app, 'schema.sql');
    await writeFile(file, (await migratedSchema(await migrationsOf(app))).once);
    process.stdout.write(`${file}\n`);
  }
} finally {
  await server.stop();
}

/** An app's `migrations/index.ts` exports one list. */
async function migrationsOf(app: string): Promise<DatabaseConfig['migrations']> {
  const exported = Object.values((await import(pathToFileURL(resolve(app, 'dist/migrations/index.js')).href)) as Record<string, unknown>);
  const lists = exported.filter((value): value is DatabaseConfig['migrations'] => Array.isArray(value));
  if (lists.length !== 1) throw new Error(`${app} exports ${lists.length} lists of migrations instead of one`);
  return lists[0]!;
}
