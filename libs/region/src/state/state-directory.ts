import { createHash } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { RegionError } from '../region-error.js';

const lockName = 'region.lock';

/** The directory in which one region keeps what survives a restart. Its files are readable by their owner alone. */
export interface StateDirectory {
  readonly path: string;
  /** Short name of this place on this machine, for what the region keeps elsewhere. */
  readonly id: string;
  resolve(...names: readonly string[]): string;
  read<T>(name: string, schema: z.ZodType<T>): Promise<T | undefined>;
  write(name: string, content: object): Promise<void>;
  /** Removes all that is kept here. */
  clear(): Promise<void>;
  /** Lets another region use the directory. */
  release(): Promise<void>;
}

/** Opens the directory and holds it for this process. @throws RegionError while another region has it. */
export async function openStateDirectory(directory: string): Promise<StateDirectory> {
  const path = resolve(directory);
  await mkdir(path, { recursive: true, mode: 0o700 });
  // Nobody else may look around in it; the account that root lends to PostgreSQL has to walk through.
  await chmod(path, process.getuid?.() === 0 ? 0o711 : 0o700);
  const lock = join(path, lockName);
  await acquire(lock, path);
  return {
    path,
    id: createHash('sha256').update(`${hostname()}\n${path}`).digest('hex').slice(0, 8),
    resolve: (...names) => join(path, ...names),
    read: async (name, schema) => {
      const text = await readFile(join(path, name), 'utf8').catch(() => undefined);
      return text === undefined ? undefined : parse(text, schema, join(path, name));
    },
    write: (name, content) => replaceFile(join(path, name), `${JSON.stringify(content, null, 2)}\n`),
    clear: async () => {
      const names = (await readdir(path)).filter((name) => name !== lockName);
      await Promise.all(names.map((name) => rm(join(path, name), { recursive: true, force: true })));
    },
    release: () => rm(lock, { force: true }),
  };
}

/** Written beside it and renamed: who reads it meets the old text or the new one. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const unfinished = `${path}.new`;
  await writeFile(unfinished, text, { mode: 0o600 });
  await rename(unfinished, path);
}

async function acquire(lock: string, directory: string): Promise<void> {
  try {
    const file = await open(lock, 'wx', 0o600);
    await file.writeFile(String(process.pid));
    await file.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
    if (isAlive(holder)) throw new RegionError(`A region already runs from ${directory} (process ${holder}). Stop it first, or give another directory with --state.`);
    // Its holder died without a chance to clean up.
    await rm(lock, { force: true });
    await acquire(lock, directory);
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function parse<T>(text: string, schema: z.ZodType<T>, path: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new RegionError(`${path} was not written by this version of the region. Start over with --fresh.`, { cause });
  }
}
