import { createServer } from 'node:net';
import { freePort } from './free-port.js';

const portsOf = async (worker: number, count: number): Promise<readonly number[]> => {
  const ports: number[] = [];
  while (ports.length < count) ports.push(await freePort(worker));
  return ports;
};

describe('a free port', () => {
  it('is given once, and never to two workers: they have ranges of their own', async () => {
    const [first, second] = [await portsOf(1, 200), await portsOf(2, 200)];
    expect(new Set([...first, ...second]).size).toBe(400);
    expect(Math.max(...first)).toBeLessThan(Math.min(...second));
  });

  it('can be listened on', async () => {
    const port = await freePort();
    const server = createServer();
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
    await new Promise((resolve) => server.close(resolve));
  });
});
