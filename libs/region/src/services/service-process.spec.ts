import { freePort, type ProcessGuard, startProcessGuard } from '@anw/testing';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RegionError } from '../region-error.js';
import { ServiceProcess } from './service-process.js';

/** A service that is ready after a moment, and dies when it is asked to. */
const honest = `
  import { createServer } from 'node:http';
  const began = Date.now();
  console.log('listening soon');
  createServer((request, response) => {
    if (request.url === '/die') { console.log('disk is full'); process.exit(7); }
    response.writeHead(Date.now() - began > 100 ? 200 : 503).end('{"database":"connecting"}');
  }).listen(Number(process.env.PORT), '127.0.0.1');
  process.on('SIGTERM', () => { console.log('goodbye'); process.exit(0); });
`;

describe('a service of the region as a process', () => {
  let directory: string;
  let guard: ProcessGuard;
  let port: number;
  const ends: RegionError[] = [];
  const service = async (source: string): Promise<ServiceProcess> => {
    const script = join(directory, 'main.mjs');
    await writeFile(script, source);
    return new ServiceProcess({
      name: 'custodian',
      script,
      environment: { PORT: String(port) },
      logFile: join(directory, 'logs', 'custodian.log'),
      readyUrl: `http://127.0.0.1:${port}/health/ready`,
      guard,
      onUnexpectedEnd: (error) => ends.push(error),
    });
  };
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'anw-service-'));
    guard = startProcessGuard();
    port = await freePort();
    ends.length = 0;
  });
  afterEach(async () => {
    guard.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('has started once it calls itself ready', async () => {
    const custodian = await service(honest);
    await custodian.start();
    expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
    await custodian.stop();
  });

  it('is asked to end, and heard out', async () => {
    const custodian = await service(honest);
    await custodian.start();
    await custodian.stop();
    expect(await custodian.logs()).toBe('listening soon\ngoodbye\n');
    expect(custodian.pid).toBeUndefined();
    expect(ends).toEqual([]);
  });

  it('can be killed on the spot and started again, with a log of its own', async () => {
    const custodian = await service(honest);
    await custodian.start();
    await custodian.kill();
    await custodian.start();
    expect(await custodian.logs()).toBe('listening soon\n');
    await custodian.stop();
    expect(ends).toEqual([]);
  });

  it('that dies before it is ready is reported with the end of its log', async () => {
    const custodian = await service("console.error('DATABASE_URL: is not set'); process.exit(1);");
    await expect(custodian.start()).rejects.toThrow(/The custodian ended before it was ready\. The end of .*custodian\.log:\n {2}DATABASE_URL: is not set/);
    expect(ends).toEqual([]);
  });

  it('that dies later is reported by itself', async () => {
    const custodian = await service(honest);
    await custodian.start();
    await fetch(`http://127.0.0.1:${port}/die`).catch(() => undefined);
    for (let wait = 0; wait < 200 && ends.length === 0; wait += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(ends[0]?.message).toMatch(/The custodian ended by itself \(exit code 7\)[\s\S]*disk is full/);
  });

  it('that has not been built is reported as such', async () => {
    const custodian = await service(honest);
    await rm(join(directory, 'main.mjs'));
    await expect(custodian.start()).rejects.toThrow(/has not been built/);
  });
});
