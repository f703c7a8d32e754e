import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessGuard } from './process-guard.js';

export interface LocalNatsOptions {
  /** JetStream keeps its streams here. */
  readonly directory: string;
  readonly port: number;
  readonly logFile: string;
  readonly guard?: ProcessGuard;
}

export interface LocalNats {
  readonly url: string;
  stop(): Promise<void>;
}

export function natsServerIsInstalled(): boolean {
  return spawnSync('nats-server', ['--version']).status === 0;
}

/** Starts the `nats-server` of the PATH with JetStream, on loopback; keeps what its directory holds. */
export async function startLocalNats(options: LocalNatsOptions): Promise<LocalNats> {
  await mkdir(dirname(options.logFile), { recursive: true });
  await mkdir(options.directory, { recursive: true, mode: 0o700 });
  const log = await open(options.logFile, 'a');
  // A group of its own: Ctrl-C must reach the services before their bus.
  const child = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(options.port), '-js', '-sd', options.directory], { stdio: ['ignore', log.fd, log.fd], detached: true });
  child.once('error', () => undefined);
  await log.close();
  options.guard?.watch(child);
  await listening(options.port, child, options.logFile);
  return { url: `nats://127.0.0.1:${options.port}`, stop: () => stop(child) };
}

async function listening(port: number, child: ChildProcess, logFile: string): Promise<void> {
  for (let attempt = 0; attempt < 1_200; attempt += 1) {
    if (child.exitCode !== null || child.pid === undefined) throw new Error(`nats-server ended before it listened; its log is ${logFile}`);
    if (await listens(port)) return;
    await sleep(50);
  }
  await stop(child);
  throw new Error(`nats-server did not open its port within a minute; its log is ${logFile}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket.destroy() !== undefined));
    socket.once('error', () => resolve(false));
  });
}
