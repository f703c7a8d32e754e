import { mayReach, postgresUser, reachablePlace, type ProcessGuard, startEmbeddedPostgres } from '@anw/testing';
import { chmod, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RegionError } from '../region-error.js';
import type { StateDirectory } from '../state/state-directory.js';
import type { PostgresTemplate } from './postgres-template.js';

export interface RegionPostgres {
  /** A connection that may make roles and databases. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface RegionPostgresOptions {
  /** A server to use instead of one of our own. */
  readonly url: string | undefined;
  readonly state: StateDirectory;
  readonly port: number;
  readonly password: string;
  readonly guard: ProcessGuard;
  readonly template: PostgresTemplate | undefined;
}

/** The PostgreSQL of a region: the one that `DATABASE_URL` names, else the embedded one with its data in the state. */
export async function startRegionPostgres(options: RegionPostgresOptions): Promise<RegionPostgres> {
  if (options.url !== undefined) return { url: options.url, stop: async () => undefined };
  const dataDirectory = postgresDataDirectory(options.state);
  await makeOwnDirectory(dirname(dataDirectory));
  try {
    return await startEmbeddedPostgres({
      dataDirectory,
      port: options.port,
      password: options.password,
      // What comes from a template is thrown away: it need not survive a power cut of the machine.
      settings: ['max_connections=200', ...(options.template === undefined ? [] : ['fsync=off'])],
      ...(options.template !== undefined && { template: options.template.dataDirectory }),
      logFile: options.state.resolve('logs', 'postgres.log'),
      guard: options.guard,
    });
  } catch (cause) {
    throw new RegionError(`PostgreSQL did not start: ${(cause as Error).message}`, { cause });
  }
}

/** In a place open to all, somebody else may have made a directory of that name before us. */
async function makeOwnDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o711 });
  const owner = (await stat(path)).uid;
  if (process.getuid !== undefined && owner !== process.getuid()) throw new RegionError(`${path} belongs to somebody else: remove it, or point DATABASE_URL at a PostgreSQL server.`);
  await chmod(path, 0o711);
}

/** Takes the data away, for a region that starts over. */
export async function removePostgresData(state: StateDirectory): Promise<void> {
  await rm(dirname(postgresDataDirectory(state)), { recursive: true, force: true });
}

/**
 * Below the state, unless PostgreSQL's account cannot get there, as with a clone in root's home. It then lies in a place
 * open to all, under a name that follows from the state.
 */
function postgresDataDirectory(state: StateDirectory): string {
  const inState = state.resolve('postgres', 'data');
  return mayReach(postgresUser(), state.path) ? inState : join(reachablePlace, `anw-region-${state.id}`, 'data');
}
