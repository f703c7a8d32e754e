import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { containerEngineAnswers } from './container-engine.js';
import { freePort } from './free-port.js';
import type { RunningServer } from './postgres.js';

/** A throw-away NATS with JetStream: in a container when an engine answers, else `nats-server` from the PATH. */
export async function startNats(): Promise<RunningServer> {
  return containerEngineAnswers() ? startInContainer() : startLocally();
}

async function startInContainer(): Promise<RunningServer> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = await new GenericContainer('nats:2.11-alpine')
    .withCommand(['-js'])
    .withExposedPorts(4222)
    .withWaitStrategy(Wait.forLogMessage(/Server is ready/))
    .start();
  return { url: `nats://${container.getHost()}:${container.getMappedPort(4222)}`, stop: async () => void (await container.stop()) };
}

async function startLocally(): Promise<RunningServer> {
  ensureNatsServer();
  const port = await freePort();
  const directory = await mkdtemp(join(tmpdir(), 'anw-nats-'));
  const child = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', directory], { stdio: 'ignore' });
  await waitForPort(port, child);
  return {
    url: `nats://127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Installs the distribution's package when the server is missing and we may (design §8); otherwise says what to do. */
export function ensureNatsServer(): void {
  if (spawnSync('nats-server', ['--version']).status === 0) return;
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
    spawnSync('apt-get', ['install', '-y', '-qq', 'nats-server'], { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    // The package starts a server of its own on the default port; the tests start theirs.
    spawnSync('service', ['nats-server', 'stop'], { stdio: 'ignore' });
  }
  if (spawnSync('nats-server', ['--version']).status !== 0) {
    throw new Error('nats-server is missing and could not be installed: install the package "nats-server" of your distribution, or start a container engine.');
  }
}

/** Resolves once something listens there; rejects when the process ends first or five seconds pass. */
async function waitForPort(port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`nats-server ended with exit code ${child.exitCode}`);
    if (await listens(port)) return;
    await sleep(50);
  }
  throw new Error('nats-server did not open its port within five seconds');
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket.destroy() !== undefined));
    socket.once('error', () => resolve(false));
  });
}
