import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The account that PostgreSQL runs under. */
export interface PostgresUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root, so root lends it the machine's `postgres` account, which is made when it is
 * missing. Anyone else runs it as herself: the answer is then undefined.
 */
export function postgresUser(): PostgresUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return lookUp() ?? create();
}

/** Whether that account can walk down to the path: every directory above it lets it through. */
export function mayReach(user: PostgresUser | undefined, path: string): boolean {
  if (user === undefined) return true;
  for (let directory = resolve(path); ; directory = dirname(directory)) {
    if (!mayEnter(user, directory)) return false;
    if (directory === dirname(directory)) return true;
  }
}

function mayEnter(user: PostgresUser, directory: string): boolean {
  const facts = statSync(directory, { throwIfNoEntry: false });
  if (facts === undefined) return true;
  if (facts.uid === user.uid) return (facts.mode & 0o100) !== 0;
  if (facts.gid === user.gid) return (facts.mode & 0o010) !== 0;
  return (facts.mode & 0o001) !== 0;
}

function lookUp(): PostgresUser | undefined {
  const uid = idOf('-u');
  const gid = idOf('-g');
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

function create(): PostgresUser {
  spawnSync('groupadd', ['--system', 'postgres']);
  spawnSync('useradd', ['--system', '--gid', 'postgres', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  const user = lookUp();
  if (user === undefined) {
    throw new Error('PostgreSQL does not run as root, and the account "postgres" could not be made: start as another user, or point DATABASE_URL at a PostgreSQL server.');
  }
  return user;
}

function idOf(flag: '-u' | '-g'): number | undefined {
  const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
  return status === 0 ? Number(stdout.trim()) : undefined;
}
