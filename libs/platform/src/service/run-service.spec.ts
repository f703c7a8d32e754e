import { freePort } from '@anw/testing';
import { createServer } from 'node:http';
import { readConfig } from '../config/read-config.js';
import { exampleService, LogLines } from './example-service.fixture.js';
import { runService, type ServiceProcess } from './run-service.js';
import { serviceSettings } from './service-settings.js';

class ExampleProcess implements ServiceProcess {
  readonly env = {};
  readonly listeners = new Map<string, (argument: unknown) => void>();
  written = '';
  readonly stderr = { write: (text: string) => (this.written += text) };
  private ended: (code: number) => void = () => undefined;
  readonly exitCode = new Promise<number>((resolve) => (this.ended = resolve));

  on(event: string, listener: (argument: unknown) => void): void {
    this.listeners.set(event, listener);
  }

  exit(code: number): void {
    this.ended(code);
  }
}

describe('process of a service', () => {
  it('ends with code 1 and every problem of its settings on standard error', async () => {
    const host = new ExampleProcess();
    await runService((environment) => exampleService({ definition: { name: readConfig(environment, serviceSettings).oidc.means } }), host);
    expect(await host.exitCode).toBe(1);
    expect(host.written).toMatch(/^The service cannot start with these settings:\n  - PARTNER_PORT: is not set/);
    expect(host.written).toContain('KEY_ENCRYPTION_KEY: is not set');
  });

  it('ends with code 1 and one sentence when a port is taken', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    const host = new ExampleProcess();
    await runService(() => exampleService({ ports: { staff: port } }), host);
    other.close();
    expect(await host.exitCode).toBe(1);
    expect(host.written).toBe(`The staff door cannot open: port ${port} is in use. Stop what listens there, or set STAFF_PORT to a free port.\n`);
  });

  it.each(['SIGTERM', 'SIGINT'])('finishes what runs at %s, closes its doors and ends with code 0', async (signal) => {
    const host = new ExampleProcess();
    const log = new LogLines();
    const partner = await freePort();
    await runService(() => exampleService({ log, ports: { partner } }), host);
    expect((await fetch(`http://127.0.0.1:${partner}/nothing`)).status).toBe(404);
    host.listeners.get(signal)?.(undefined);
    expect(await host.exitCode).toBe(0);
    await expect(fetch(`http://127.0.0.1:${partner}/nothing`)).rejects.toThrow();
    expect(log.lines.at(-1)).toMatchObject({ msg: 'stopped' });
  });

  it.each(['uncaughtException', 'unhandledRejection'])('logs an %s in full and ends with code 1', async (event) => {
    const host = new ExampleProcess();
    const log = new LogLines();
    await runService(() => exampleService({ log }), host);
    host.listeners.get(event)?.(new Error('nobody caught me'));
    expect(await host.exitCode).toBe(1);
    expect(log.lines.find(({ msg }) => msg === 'unexpected error')).toMatchObject({ error: { message: 'nobody caught me', stack: expect.stringContaining('run-service.spec') } });
    host.listeners.get('SIGTERM')?.(undefined);
  });
});
