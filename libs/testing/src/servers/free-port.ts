import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below what an operating system hands out by itself (32768 on Linux), above what services are known by. */
const LOWEST = 10_240;
const HIGHEST = 32_000;
/** Test workers beside each other; each has ports of its own, so that none takes what another has chosen and does not listen on yet. */
const WORKERS = 8;
const PORTS_OF_WORKER = Math.floor((HIGHEST - LOWEST) / WORKERS);

const given = new Set<number>();

/**
 * A TCP port on loopback that was free a moment ago, that no other test worker is given, nor who asks the system for any
 * port: whoever stops a service and starts it again finds it as it was. Never the same twice in one process.
 */
export async function freePort(worker = Number(process.env['JEST_WORKER_ID'] ?? 0)): Promise<number> {
  const lowest = LOWEST + (worker % WORKERS) * PORTS_OF_WORKER;
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(lowest, lowest + PORTS_OF_WORKER);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error('no port is free');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
