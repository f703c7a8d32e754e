import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.js';
import { type PostgresUser, postgresUser } from './postgres-user.js';
import type { ProcessGuard } from './process-guard.js';

export interface EmbeddedPostgresOptions {
  /** Made when it does not exist; the account that PostgreSQL runs under must be able to reach it. */
  readonly dataDirectory: string;
  readonly port: number;
  /** Of the superuser `postgres`; counts when the data directory is made. */
  readonly password: string;
  /** Data directory of a server that has stopped, with the same password: copied instead of making one from nothing. */
  readonly template?: string;
  /** Settings of the server, as `fsync=off`. */
  readonly settings?: readonly string[];
  readonly logFile: string;
  readonly guard?: ProcessGuard;
}

export interface EmbeddedPostgres {
  /** Superuser connection to the database `postgres`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the PostgreSQL that comes from npm, on loopback; keeps what its data directory holds. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const user = postgresUser();
  const binaries = await postgresBinaries(user);
  if (!(await exists(join(options.dataDirectory, 'PG_VERSION')))) await initialise(binaries, user, options);
  const child = await launch(binaries, user, options);
  options.guard?.watch(child, 'SIGINT');
  const url = `postgres://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/postgres`;
  await answering(url, child, options.logFile);
  return { url, stop: () => stop(child) };
}

/** Made beside its place and renamed when whole, so that an interrupted start leaves nothing that looks like a database. */
async function initialise(binaries: PostgresBinaries, user: PostgresUser | undefined, { dataDirectory, password, template }: EmbeddedPostgresOptions): Promise<void> {
  const unfinished = `${dataDirectory}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  // Modes and owners are copied too: PostgreSQL wants both as they were.
  if (template !== undefined) await run('cp', ['-Rp', `${template}/.`, unfinished]);
  else await initialiseAnew(binaries, user, unfinished, password);
  await rm(dataDirectory, { recursive: true, force: true });
  await rename(unfinished, dataDirectory);
}

async function initialiseAnew(binaries: PostgresBinaries, user: PostgresUser | undefined, directory: string, password: string): Promise<void> {
  const passwordFile = `${directory}.password`;
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  try {
    if (user !== undefined) await Promise.all([directory, passwordFile].map((path) => chown(path, user.uid, user.gid)));
    await run(binaries.initdb, [`--pgdata=${directory}`, '--auth=scram-sha-256', '--username=postgres', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C'], user);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function launch(binaries: PostgresBinaries, user: PostgresUser | undefined, options: EmbeddedPostgresOptions): Promise<ChildProcess> {
  await mkdir(dirname(options.logFile), { recursive: true });
  const log = await open(options.logFile, 'a');
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...(options.settings ?? [])].flatMap((setting) => ['-c', setting]);
  // A group of its own: Ctrl-C must reach the services before their database.
  const child = spawn(binaries.postgres, ['-D', options.dataDirectory, '-p', String(options.port), ...settings], {
    ...user,
    cwd: '/',
    env: environment(),
    stdio: ['ignore', log.fd, log.fd],
    detached: true,
  });
  child.once('error', () => undefined);
  await log.close();
  return child;
}

async function answering(url: string, child: ChildProcess, logFile: string): Promise<void> {
  for (let attempt = 0; attempt < 2_400; attempt += 1) {
    if (child.exitCode !== null || child.pid === undefined) throw new Error(`PostgreSQL ended before it answered; its log is ${logFile}`);
    if (await answers(url)) return;
    await sleep(50);
  }
  await stop(child);
  throw new Error(`PostgreSQL did not answer within two minutes; its log is ${logFile}`);
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** SIGINT is PostgreSQL's fast shutdown: clients are cut off, what is committed is on disk. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  await ended;
}

async function run(program: string, parameters: readonly string[], user?: PostgresUser): Promise<void> {
  const child = spawn(program, parameters, { ...user, cwd: '/', env: environment(), stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`PostgreSQL could not make its data directory: ${complaint.trim()}`);
}

/** Nothing of ours but what the programs need: PG* variables of a developer's shell would change what they do. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
