import type { Clock } from '@anw/values';
import type { DynamicModule, InjectionToken, Provider, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type AsyncMicroserviceOptions, type CustomTransportStrategy, type MicroserviceOptions } from '@nestjs/microservices';
import { type DoorDefinition, type DoorName, openDoor, type OpenDoor } from '../door/open-door.js';
import { ServiceLogger } from '../logging/service-logger.js';
import { Metrics } from '../metrics/metrics.js';
import { ApiDescription } from '../operator-door/api-description.js';
import { bridge, type ProviderSource } from './bridge.module.js';
import { CLOCK } from './clock.js';
import { type ConnectStep, takeConnectSteps } from './connect-step.js';
import { NoBusTransport } from './no-bus-transport.js';
import { Readiness } from './readiness.js';

/** A whole service: one core, three doors (design D3). */
export interface ServiceDefinition {
  /** `regisseur`, `custodian` or `actor`. */
  readonly name: string;
  readonly version: string;
  readonly logger: ServiceLogger;
  /** Stores, use cases, handlers of notifications. Injects `CLOCK`, `ServiceLogger`, `Metrics`, `Readiness` freely. */
  readonly core: Type<unknown> | DynamicModule;
  /** Token of the core's transport strategy that brings notifications; left out in a region without a bus. */
  readonly transport?: InjectionToken<CustomTransportStrategy>;
  readonly doors: Readonly<Record<DoorName, DoorDefinition>>;
  /** Tokens of the core's providers that the doors' modules inject. Providers with Nest life-cycle hooks cannot be bridged. */
  readonly bridge: readonly InjectionToken[];
  /** What must be there before the service works; taken in the background while the doors are open already. */
  connect(core: ProviderSource): readonly ConnectStep[];
  readonly clock?: Clock;
}

export interface RunningService {
  readonly name: string;
  readonly doors: Readonly<Record<DoorName, OpenDoor>>;
  readonly core: ProviderSource;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  /** Resolves when every connect step has been taken; rejects when the service stops before. */
  readonly connected: Promise<void>;
  /** Takes nothing new, finishes what runs, then closes the bus and the database. */
  stop(): Promise<void>;
}

/** Opens the three doors at once and connects in the background. @throws PortTakenError */
export async function startService(definition: ServiceDefinition): Promise<RunningService> {
  const { name, version, logger } = definition;
  const readiness = new Readiness();
  const metrics = new Metrics(name);
  const description = new ApiDescription();
  const own: Provider[] = [
    { provide: CLOCK, useValue: definition.clock ?? (() => new Date()) },
    { provide: ServiceLogger, useValue: logger },
    { provide: Metrics, useValue: metrics },
    { provide: Readiness, useValue: readiness },
    { provide: ApiDescription, useValue: description },
  ];
  const core = await createCore(definition, own);
  const source: ProviderSource = { get: (token) => core.get(token, { strict: false }) };
  const stopping = new AbortController();
  const steps = withNotifications(definition.connect(source), definition, core);
  // From here on readiness knows everything it waits for, so no door opens too wide for a moment.
  const connected = takeConnectSteps(steps, readiness, logger, stopping.signal);
  connected.catch(() => undefined);
  const opened: OpenDoor[] = [];
  const close = async () => {
    readiness.markStopping();
    stopping.abort(new Error('the service stops'));
    await Promise.all(opened.map((door) => door.close()));
    await core.close();
  };
  try {
    const surroundings = { core: source, bridge: definition.bridge, own, logger, metrics, readiness };
    for (const door of ['partner', 'staff', 'operator'] as const) opened.push(await openDoor(door, definition.doors[door], surroundings));
  } catch (error) {
    await close();
    throw error;
  }
  const doors = Object.fromEntries(opened.map((door) => [door.name, door])) as Record<DoorName, OpenDoor>;
  description.describe(name, version, opened);
  for (const door of opened) logger.info(`${door.name} door open`, { url: door.url });
  let closed: Promise<void> | undefined;
  return { name, doors, core: source, readiness, metrics, connected, stop: () => (closed ??= close()) };
}

async function createCore(definition: ServiceDefinition, own: readonly Provider[]) {
  const nothing: ProviderSource = { get: () => { throw new Error('the core is not there yet'); } };
  const root: DynamicModule = { module: class CoreModule {}, imports: [bridge(nothing, [], own), definition.core] };
  const options: AsyncMicroserviceOptions | MicroserviceOptions =
    definition.transport === undefined
      ? { strategy: new NoBusTransport() }
      : { inject: [definition.transport], useFactory: (strategy: CustomTransportStrategy) => ({ strategy }) };
  const core = await NestFactory.createMicroservice<MicroserviceOptions>(root, { ...options, logger: definition.logger, abortOnError: false } as never);
  await core.init();
  return core;
}

/** Notifications are taken in once everything their handlers need is there; partners and staff do not wait for the bus. */
function withNotifications(steps: readonly ConnectStep[], definition: ServiceDefinition, core: { listen(): Promise<unknown> }): readonly ConnectStep[] {
  if (definition.transport === undefined) return steps;
  const needs = steps.filter(({ gatesDoors }) => gatesDoors !== false).map(({ name }) => name);
  return [...steps, { name: 'notifications', needs, gatesDoors: false, connect: async () => void (await core.listen()) }];
}
