import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { containerEngineAnswers } from './container-engine.js';
import { freePort } from './free-port.js';
import { natsServerIsInstalled, startLocalNats } from './local-nats.js';
import type { RunningServer } from './postgres.js';
import { startProcessGuard } from './process-guard.js';

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
  const directory = await mkdtemp(join(tmpdir(), 'anw-nats-'));
  const guard = startProcessGuard();
  const server = await startLocalNats({ directory: join(directory, 'data'), port: await freePort(), logFile: join(directory, 'nats.log'), guard });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      guard.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Installs the distribution's package when the server is missing and we may (design §8); otherwise says what to do. */
export function ensureNatsServer(): void {
  if (natsServerIsInstalled()) return;
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
    spawnSync('apt-get', ['install', '-y', '-qq', 'nats-server'], { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    // The package starts a server of its own on the default port; the tests start theirs.
    spawnSync('service', ['nats-server', 'stop'], { stdio: 'ignore' });
  }
  if (!natsServerIsInstalled()) {
    throw new Error('nats-server is missing and could not be installed: install the package "nats-server" of your distribution, or start a container engine.');
  }
}
