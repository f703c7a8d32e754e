import { freePort, migrateDatabase, startEmbeddedPostgres, startProcessGuard } from '@anw/testing';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ServiceName, serviceNames } from '../sample/organisations.js';
import { workspaceDirectory } from '../services/workspace.js';
import { ensureServiceDatabase } from './service-database.js';

/** A PostgreSQL that has stopped, holding an empty and migrated database for each service: regions of tests begin with a copy of it. */
export interface PostgresTemplate {
  readonly dataDirectory: string;
  /** Of the superuser; whoever begins with a copy has it too. */
  readonly password: string;
}

/** Name of a service's database in a template; a region gives it its own. */
export function templateDatabase(service: ServiceName): string {
  return `anw_template_${service}`;
}

/** Makes one. What PostgreSQL's first minute costs is then paid once, however many regions follow. */
export async function makePostgresTemplate(directory: string): Promise<PostgresTemplate> {
  await mkdir(directory, { recursive: true });
  // The account that PostgreSQL runs under walks through.
  await chmod(directory, 0o711);
  const template = { dataDirectory: join(directory, 'data'), password: randomBytes(24).toString('base64url') };
  const guard = startProcessGuard();
  try {
    const server = await startEmbeddedPostgres({ ...template, port: await freePort(), settings: ['fsync=off'], logFile: join(directory, 'postgres.log'), guard });
    try {
      for (const service of serviceNames) await makeDatabase(server.url, service);
    } finally {
      await server.stop();
    }
  } finally {
    guard.close();
  }
  return template;
}

async function makeDatabase(serverUrl: string, service: ServiceName): Promise<void> {
  const passwords = { ownerPassword: randomBytes(24).toString('base64url'), applicationPassword: randomBytes(24).toString('base64url') };
  const database = await ensureServiceDatabase({ serverUrl, name: templateDatabase(service), ...passwords, fresh: false });
  await migrateDatabase(join(workspaceDirectory(), 'apps', service), database);
}
