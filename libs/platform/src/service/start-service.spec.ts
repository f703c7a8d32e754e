import { freePort } from '@anw/testing';
import { Controller, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { EventPattern, Server } from '@nestjs/microservices';
import { createServer } from 'node:http';
import { undocumentedRoutes } from '../openapi/openapi-document.js';
import type { ConnectStep } from './connect-step.js';
import { exampleOrganisation, exampleService, LogLines } from './example-service.fixture.js';
import { PortTakenError } from './port-taken-error.js';
import { type RunningService, startService } from './start-service.js';

describe('three doors of a service (design D3)', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService(exampleService());
    await service.connected;
  });
  afterAll(() => service.stop());

  const routes: readonly [door: 'partner' | 'staff' | 'operator', path: string][] = [
    ['partner', `/iam/${exampleOrganisation.id}/did.json`],
    ['partner', `/statuslist/${exampleOrganisation.id}/1`],
    ['partner', `/bitstring-statuslist/${exampleOrganisation.id}/1`],
    ['partner', '/.well-known/oauth-authorization-server/oauth2/de-linde'],
    ['partner', '/oauth2/de-linde/presentation_definition?scope=anw-zorg-2022'],
    ['staff', '/'],
    ['staff', '/api/me'],
    ['staff', '/login'],
    ['operator', '/health/live'],
    ['operator', '/health/ready'],
    ['operator', '/metrics'],
    ['operator', '/openapi.json'],
    ['operator', '/operator/organisations'],
    ['operator', '/operator/parked-messages'],
  ];

  it.each(routes)('the %s door answers %s and no other door does', async (home, path) => {
    for (const door of ['partner', 'staff', 'operator'] as const) {
      const { status } = await fetch(`${service.doors[door].url}${path}`, { redirect: 'manual' });
      expect([door, status === 404]).toEqual([door, door !== home]);
    }
  });

  it('each listens on a port of its own', () => {
    expect(new Set(Object.values(service.doors).map(({ url }) => url)).size).toBe(3);
  });

  it('document every route that they have', () => {
    for (const door of Object.values(service.doors)) {
      expect(door.routes.length).toBeGreaterThan(0);
      expect(undocumentedRoutes(door.routes)).toEqual([]);
    }
  });

  it('show one OpenAPI document over all of them at the operator door', async () => {
    const document = await (await fetch(`${service.doors.operator.url}/openapi.json`)).json() as { openapi: string; paths: Record<string, Record<string, { tags: string[] }>> };
    expect(document.openapi).toBe('3.1.0');
    const described = Object.entries(document.paths).flatMap(([path, operations]) => Object.entries(operations).map(([method, { tags }]) => `${tags[0]} ${method.toUpperCase()} ${path}`));
    const open = Object.values(service.doors).flatMap((door) => door.routes.map(({ method, path }) => `${door.name} ${method} ${path.replace(/:(\w+)/g, '{$1}')}`));
    expect(described.sort()).toEqual(open.sort());
  });

  it('derive the documentation of a body from the schema that reads it', async () => {
    const { paths } = await (await fetch(`${service.doors.operator.url}/openapi.json`)).json() as { paths: Record<string, Record<string, { requestBody: { content: Record<string, { schema: unknown }> } }>> };
    expect(paths['/api/notes']?.['post']?.requestBody.content['application/json']?.schema).toEqual({
      type: 'object',
      properties: { text: { type: 'string', minLength: 1, maxLength: 100 }, urgent: { type: 'boolean' } },
      required: ['text', 'urgent'],
      additionalProperties: false,
    });
  });

  it('tell browsers to guess nothing and frame nothing', async () => {
    for (const door of Object.values(service.doors)) {
      const { headers } = await fetch(`${door.url}/nothing-here`);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain(`frame-ancestors 'none'`);
      expect(headers.get('x-frame-options')).toBe('DENY');
    }
  });

  it('count requests by route pattern, so that no identifier becomes a label', async () => {
    await fetch(`${service.doors.partner.url}/iam/${exampleOrganisation.id}/did.json`);
    await fetch(`${service.doors.partner.url}/patient-qz`);
    const metrics = await (await fetch(`${service.doors.operator.url}/metrics`)).text();
    expect(metrics).toMatch(/anw_http_requests_total\{door="partner",method="GET",route="\/iam\/:uuid\/did\.json",status="200",service="example"\} \d+/);
    expect(metrics).toContain('route="(none)"');
    expect(metrics).not.toContain(exampleOrganisation.id);
    expect(metrics).not.toContain('patient-qz');
  });
});

describe('start of a service', () => {
  it('opens the doors at once, answers 503 in the dialect of each route, and turns ready by itself', async () => {
    let present = false;
    const database: ConnectStep = { name: 'database', connect: async () => { if (!present) throw new Error('connect ECONNREFUSED'); } };
    const keys: ConnectStep = { name: 'keys', needs: ['database'], connect: async () => undefined };
    const log = new LogLines();
    const service = await startService(exampleService({ log, definition: { connect: () => [keys, database] } }));
    try {
      const ready = () => fetch(`${service.doors.operator.url}/health/ready`);
      const waiting = await ready();
      expect(waiting.status).toBe(503);
      expect((await waiting.json() as { dependencies: Record<string, { state: string }> }).dependencies['keys']?.state).toBe('waiting');
      expect((await fetch(`${service.doors.operator.url}/health/live`)).status).toBe(200);

      const problem = await fetch(`${service.doors.partner.url}/iam/${exampleOrganisation.id}/did.json`);
      expect([problem.status, problem.headers.get('content-type'), problem.headers.get('retry-after')]).toEqual([503, 'application/problem+json', '2']);
      const oauth = await fetch(`${service.doors.partner.url}/oauth2/de-linde/token`, { method: 'POST', body: 'x', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
      expect([oauth.status, (await oauth.json() as { error: string }).error]).toEqual([503, 'temporarily_unavailable']);
      const fhir = await fetch(`${service.doors.partner.url}/fhir/de-linde/Patient/p-1`);
      expect([fhir.status, (await fhir.json() as { resourceType: string }).resourceType]).toEqual([503, 'OperationOutcome']);
      const staff = await fetch(`${service.doors.staff.url}/api/me`);
      expect([staff.status, (await staff.json() as { title: string }).title]).toEqual([503, 'De dienst is even niet beschikbaar']);

      present = true;
      await service.connected;
      expect((await ready()).status).toBe(200);
      expect((await fetch(`${service.doors.partner.url}/iam/${exampleOrganisation.id}/did.json`)).status).toBe(200);
      expect(log.lines.filter(({ msg }) => msg === 'waiting for database: connect ECONNREFUSED')).toHaveLength(1);
      expect(log.lines.map(({ msg }) => msg)).toContain('keys is there');
    } finally {
      await service.stop();
    }
  });

  it('serves partners and staff while what they can do without is absent, and is not ready', async () => {
    const bus: ConnectStep = { name: 'bus', gatesDoors: false, connect: () => Promise.reject(new Error('no bus')) };
    const service = await startService(exampleService({ definition: { connect: () => [bus] } }));
    try {
      expect((await fetch(`${service.doors.partner.url}/iam/${exampleOrganisation.id}/did.json`)).status).toBe(200);
      expect((await fetch(`${service.doors.operator.url}/health/ready`)).status).toBe(503);
    } finally {
      await service.stop();
    }
  });

  it('is not ready any more once a dependency stops answering', async () => {
    let answers = true;
    const database: ConnectStep = { name: 'database', connect: async () => undefined, probe: async () => { if (!answers) throw new Error('database does not answer'); } };
    const service = await startService(exampleService({ definition: { connect: () => [database] } }));
    try {
      await service.connected;
      answers = false;
      const response = await fetch(`${service.doors.operator.url}/health/ready`);
      expect([response.status, await response.json()]).toEqual([503, { ready: false, dependencies: { database: { state: 'down', reason: 'database does not answer' } } }]);
    } finally {
      await service.stop();
    }
  });

  it('refuses connect steps that wait for each other', async () => {
    const steps: ConnectStep[] = [
      { name: 'a', needs: ['b'], connect: async () => undefined },
      { name: 'b', needs: ['a'], connect: async () => undefined },
    ];
    const service = await startService(exampleService({ definition: { connect: () => steps } }));
    await expect(service.connected).rejects.toThrow('connect steps need what is not there: a, b');
    await service.stop();
  });

  it.each(['partner', 'staff', 'operator'] as const)('says which port of the %s door is taken and what to do, and leaves no other door open', async (door) => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    const ports = { partner: await freePort(), staff: await freePort(), operator: await freePort(), [door]: port };
    try {
      await expect(startService(exampleService({ ports }))).rejects.toMatchObject({ name: 'PortTakenError', door, port });
      for (const [name, free] of Object.entries(ports)) if (name !== door) await expect(fetch(`http://127.0.0.1:${free}/`)).rejects.toThrow();
    } finally {
      other.close();
    }
  });

  it('names the port, the door and the setting in one sentence', () => {
    expect(new PortTakenError('staff', 4121).message).toBe('The staff door cannot open: port 4121 is in use. Stop what listens there, or set STAFF_PORT to a free port.');
  });
});

describe('core of a service', () => {
  it('handles notifications once what its handlers need is there, and closes the transport at the end', async () => {
    const seen: string[] = [];
    class MemoryTransport extends Server {
      listen(callback: () => void): void {
        seen.push('listening');
        void this.messageHandlers.get('notification')?.({ id: 'n-1' });
        callback();
      }
      close(): void {
        seen.push('closed');
      }
      on(): void {}
      unwrap<T>(): T {
        return undefined as T;
      }
    }
    class Handler {
      take(event: { id: string }): void {
        seen.push(event.id);
      }
    }
    EventPattern('notification')(Handler.prototype, 'take', Object.getOwnPropertyDescriptor(Handler.prototype, 'take') as PropertyDescriptor);
    Controller()(Handler);
    const base = exampleService();
    const providers = [{ provide: MemoryTransport, useValue: new MemoryTransport() }];
    const service = await startService({
      ...base,
      core: { module: class Root {}, imports: [base.core as never], controllers: [Handler], providers },
      transport: MemoryTransport,
      connect: () => [{ name: 'database', connect: async () => void seen.push('database') }],
    });
    await service.connected;
    await service.stop();
    expect(seen).toEqual(['database', 'listening', 'n-1', 'closed']);
  });

  it('refuses to bridge a provider that starts or stops, for every door would start and stop it again', async () => {
    @Injectable()
    class Pool implements OnModuleDestroy {
      onModuleDestroy(): void {}
    }
    const base = exampleService();
    const service = startService({ ...base, core: { module: class Root {}, imports: [base.core as never], providers: [Pool] }, bridge: [...base.bridge, Pool] });
    await expect(service).rejects.toThrow('Pool has onModuleDestroy: bridge what it offers, not the provider that starts and stops');
  });
});
