import { containerEngineAnswers, natsServerIsInstalled, type ProcessGuard, startLocalNats } from '@anw/testing';
import { mkdir } from 'node:fs/promises';
import { RegionError } from '../region-error.js';
import type { StateDirectory } from '../state/state-directory.js';

/** Where a region's bus comes from; decided before anything starts. */
export type BusChoice =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'local' }
  | { readonly kind: 'container' }
  | { readonly kind: 'none'; readonly reason: string };

export type RegionBus =
  | { readonly kind: 'nats'; readonly url: string; stop(): Promise<void> }
  | { readonly kind: 'none'; readonly reason: string; stop(): Promise<void> };

/** `nats` wants a bus or nothing; `none` wants none; `auto` takes what is there. */
export type WantedBus = 'auto' | 'nats' | 'none';

const howToGetOne =
  'install nats-server 2.9 or later (Debian: apt install nats-server; macOS: brew install nats-server), start Docker, or set NATS_URL';

/**
 * `NATS_URL`, else a `nats-server` on the PATH, else a container, else the HTTPS channel alone (design §7).
 * @throws RegionError when a bus is wanted and there is none
 */
export function chooseBus(wanted: WantedBus, natsUrl: string | undefined): BusChoice {
  if (wanted === 'none') return { kind: 'none', reason: 'asked for: notifications go by HTTPS alone' };
  if (natsUrl !== undefined) return { kind: 'url', url: natsUrl };
  if (natsServerIsInstalled()) return { kind: 'local' };
  if (containerEngineAnswers()) return { kind: 'container' };
  if (wanted === 'nats') throw new RegionError(`There is no NATS to be found: ${howToGetOne}.`);
  return { kind: 'none', reason: `no bus found, notifications go by HTTPS alone; for a bus ${howToGetOne}` };
}

export async function startRegionBus(choice: BusChoice, options: { readonly state: StateDirectory; readonly port: number; readonly guard: ProcessGuard }): Promise<RegionBus> {
  switch (choice.kind) {
    case 'none':
      return { kind: 'none', reason: choice.reason, stop: async () => undefined };
    case 'url':
      return { kind: 'nats', url: choice.url, stop: async () => undefined };
    case 'local':
      return { kind: 'nats', ...(await startLocally(options)) };
    case 'container':
      return { kind: 'nats', ...(await startInContainer(options)) };
  }
}

async function startLocally({ state, port, guard }: { readonly state: StateDirectory; readonly port: number; readonly guard: ProcessGuard }): Promise<{ url: string; stop(): Promise<void> }> {
  try {
    return await startLocalNats({ directory: state.resolve('nats'), port, logFile: state.resolve('logs', 'nats.log'), guard });
  } catch (cause) {
    throw new RegionError(`NATS did not start: ${(cause as Error).message}`, { cause });
  }
}

/** The library's own watchman removes the container when this process dies. */
async function startInContainer({ state, port }: { readonly state: StateDirectory; readonly port: number }): Promise<{ url: string; stop(): Promise<void> }> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const directory = state.resolve('nats');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const container = await new GenericContainer('nats:2.11-alpine')
    .withCommand(['-js', '-sd', '/data'])
    .withBindMounts([{ source: directory, target: '/data' }])
    .withExposedPorts({ container: 4222, host: port })
    .withWaitStrategy(Wait.forLogMessage(/Server is ready/))
    .start();
  return { url: `nats://${container.getHost()}:${port}`, stop: async () => void (await container.stop()) };
}
