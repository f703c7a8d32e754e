import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';

/** Fields of `/proc/PID/stat` (proc_pid_stat(5)) that we count from, numbered as the manual does. */
const PARENT = 4;
const USER = 14;
const SYSTEM = 15;
const REAPED_USER = 16;
const REAPED_SYSTEM = 17;

let ticksPerSecond: number | undefined;

/** CPU time that one process has used since its start, user and system together, in microseconds. Linux only. */
export async function cpuOf(pid: number): Promise<number> {
  const field = await readStat(pid);
  return toMicroseconds(field(USER) + field(SYSTEM));
}

/** CPU time of a process, its living children and those that it has seen end: of a PostgreSQL server, given its postmaster. */
export async function cpuOfFamily(pid: number): Promise<number> {
  const own = await readStat(pid);
  let ticks = own(USER) + own(SYSTEM) + own(REAPED_USER) + own(REAPED_SYSTEM);
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const field = await readStat(Number(entry)).catch(() => undefined);
    if (field?.(PARENT) === pid) ticks += field(USER) + field(SYSTEM);
  }
  return toMicroseconds(ticks);
}

export async function parentOf(pid: number): Promise<number> {
  return (await readStat(pid))(PARENT);
}

/** Resident memory of a process in MiB. */
export async function residentMebibytes(pid: number): Promise<number> {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kibibytes === undefined) throw new Error(`process ${pid} has no resident memory`);
  return Number(kibibytes) / 1024;
}

async function readStat(pid: number): Promise<(field: number) => number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The command stands in parentheses and may hold spaces and parentheses itself; after it the fields count from 3.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (field) => Number(fields[field - 3]);
}

function toMicroseconds(ticks: number): number {
  ticksPerSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return (ticks / ticksPerSecond) * 1_000_000;
}
