import { mayReach, postgresUser, reachablePlace, type ProcessGuard, startEmbeddedPostgres } from '@anw/testing';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RegionError } from '../region-error.js';
import type { StateDirectory } from '../state/state-directory.js';

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
}

/** The PostgreSQL of a region: the one that `DATABASE_URL` names, else the embedded one with its data in the state. */
export async function startRegionPostgres(options: RegionPostgresOptions): Promise<RegionPostgres> {
  if (options.url !== undefined) return { url: options.url, stop: async () => undefined };
  const dataDirectory = postgresDataDirectory(options.state);
  await mkdir(dirname(dataDirectory), { recursive: true, mode: 0o711 });
  await chmod(dirname(dataDirectory), 0o711);
  try {
    return await startEmbeddedPostgres({
      dataDirectory,
      port: options.port,
      password: options.password,
      settings: ['max_connections=200'],
      logFile: options.state.resolve('logs', 'postgres.log'),
      guard: options.guard,
    });
  } catch (cause) {
    throw new RegionError(`PostgreSQL did not start: ${(cause as Error).message}`, { cause });
  }
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
