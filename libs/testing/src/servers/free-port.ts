import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below what an operating system hands out by itself (32768 on Linux), above what services are known by. */
const LOWEST = 10_240;
const HIGHEST = 32_000;

/**
 * A TCP port on loopback that was free a moment ago, and that nobody is given who asks the system for any port: whoever
 * stops a service and starts it again finds it as it was.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(LOWEST, HIGHEST);
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
