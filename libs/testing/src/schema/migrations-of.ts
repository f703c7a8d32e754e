import { Database, type DatabaseConfig } from '@anw/persistence';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The migrations of a built app: its `migrations/index.ts` exports one list. */
export async function migrationsOf(app: string): Promise<DatabaseConfig['migrations']> {
  const module = pathToFileURL(resolve(join(app, 'dist', 'migrations', 'index.js'))).href;
  const exported = Object.values((await import(module)) as Record<string, unknown>);
  const lists = exported.filter((value): value is DatabaseConfig['migrations'] => Array.isArray(value));
  if (lists.length !== 1) throw new Error(`${app} exports ${lists.length} lists of migrations instead of one`);
  return lists[0]!;
}

/** Brings a database to where the built app wants it, as the app does when it starts. */
export async function migrateDatabase(app: string, { url, ownerUrl }: { readonly url: string; readonly ownerUrl: string }): Promise<void> {
  const database = new Database({ url, ownerUrl, applicationName: 'migrations', migrations: await migrationsOf(app), entities: [] });
  try {
    await database.connect();
  } finally {
    await database.close();
  }
}
