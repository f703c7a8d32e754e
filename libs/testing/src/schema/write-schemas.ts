import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startPostgres } from '../servers/postgres.js';
import { migratedSchema } from './migrated-schema.js';
import { migrationsOf } from './migrations-of.js';

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
