import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { RegionError } from '../region-error.js';

export interface ServiceDatabase {
  /** Application role: what the service works with. */
  readonly url: string;
  /** Owning role: what migrates. */
  readonly ownerUrl: string;
}

export interface ServiceDatabaseOptions {
  readonly serverUrl: string;
  /** Of the database; the roles are named after it. */
  readonly name: string;
  readonly ownerPassword: string;
  readonly applicationPassword: string;
  /** Throws away what is there. */
  readonly fresh: boolean;
  /** Database of this server, made by this function as well, that becomes this one when there is none yet. */
  readonly template?: string;
}

/** Makes a service's database with its owning and its application role, as far as they are missing (design D13). */
export async function ensureServiceDatabase(options: ServiceDatabaseOptions): Promise<ServiceDatabase> {
  const { owner, application } = rolesOf(options.name);
  await onServer(options.serverUrl, async (client) => {
    if (options.fresh) await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(options.name)} WITH (FORCE)`);
    if (options.template !== undefined) await takeOver(client, options.template, options.name);
    await ensureRole(client, owner, options.ownerPassword);
    await ensureRole(client, application, options.applicationPassword);
    await ensureDatabase(client, options.name, owner);
    // One service's role has no business in another service's database.
    await client.query(`REVOKE CONNECT ON DATABASE ${escapeIdentifier(options.name)} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${escapeIdentifier(options.name)} TO ${escapeIdentifier(application)}`);
  });
  return {
    url: connectionString(options, application, options.applicationPassword),
    ownerUrl: connectionString(options, owner, options.ownerPassword),
  };
}

function rolesOf(database: string): { owner: string; application: string } {
  return { owner: `${database}_owner`, application: `${database}_app` };
}

/** Names change, rights stay with who has them. */
async function takeOver(client: Client, template: string, name: string): Promise<void> {
  if ((await databaseExists(client, name)) || !(await databaseExists(client, template))) return;
  await client.query(`ALTER DATABASE ${escapeIdentifier(template)} RENAME TO ${escapeIdentifier(name)}`);
  const [before, after] = [rolesOf(template), rolesOf(name)];
  for (const role of ['owner', 'application'] as const) await client.query(`ALTER ROLE ${escapeIdentifier(before[role])} RENAME TO ${escapeIdentifier(after[role])}`);
}

async function ensureRole(client: Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(`${verb} ROLE ${escapeIdentifier(role)} LOGIN PASSWORD ${escapeLiteral(password)}`);
}

async function ensureDatabase(client: Client, name: string, owner: string): Promise<void> {
  if (await databaseExists(client, name)) return;
  // An administrator who is no superuser may only make a database for a role that it is a member of.
  await client.query(`GRANT ${escapeIdentifier(owner)} TO CURRENT_USER`);
  await client.query(`CREATE DATABASE ${escapeIdentifier(name)} OWNER ${escapeIdentifier(owner)}`);
}

async function databaseExists(client: Client, name: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  return rowCount !== 0;
}

async function onServer(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
  } catch (cause) {
    throw new RegionError(`PostgreSQL at ${new URL(url).host} does not let us in: ${(cause as Error).message}`, { cause });
  }
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Keeps what else the server's URL says, such as `sslmode`. */
function connectionString({ serverUrl, name }: ServiceDatabaseOptions, user: string, password: string): string {
  return Object.assign(new URL(serverUrl), { username: user, password: encodeURIComponent(password), pathname: `/${name}` }).toString();
}
