import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { containerEngineAnswers } from './container-engine.js';
import { startEmbeddedPostgres } from './embedded-postgres.js';
import { freePort } from './free-port.js';
import { startProcessGuard } from './process-guard.js';

export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** A throw-away PostgreSQL: in a container when an engine answers, else the embedded one from npm. */
export async function startPostgres(): Promise<RunningServer> {
  return containerEngineAnswers() ? startInContainer() : startEmbedded();
}

async function startInContainer(): Promise<RunningServer> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = await new GenericContainer('postgres:18-alpine')
    .withEnvironment({ POSTGRES_PASSWORD: 'test' })
    .withExposedPorts(5432)
    .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
    .start();
  return {
    url: `postgres://postgres:test@${container.getHost()}:${container.getMappedPort(5432)}/postgres`,
    stop: async () => void (await container.stop()),
  };
}

async function startEmbedded(): Promise<RunningServer> {
  const parent = await mkdtemp(join(tmpdir(), 'anw-postgres-'));
  // The user that PostgreSQL runs as must be able to walk down to its data.
  await chmod(parent, 0o711);
  const guard = startProcessGuard();
  const server = await startEmbeddedPostgres({
    dataDirectory: join(parent, 'data'),
    port: await freePort(),
    password: 'test',
    // Throw-away data: durability is tested where it matters, with a server of its own.
    settings: ['fsync=off', 'max_connections=300'],
    logFile: join(parent, 'postgres.log'),
    guard,
  });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      guard.close();
      await rm(parent, { recursive: true, force: true });
    },
  };
}
