import { startProcessGuard } from '@anw/testing';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type LoginServer, startLoginServer } from './oidc/login-server.js';
import { RegionError } from './region-error.js';
import { RegionFile } from './region-file.js';
import { type ServiceName, serviceNames } from './sample/organisations.js';
import { sampleUsers } from './sample/users.js';
import type { FhirBundle } from './seed/load-resources.js';
import { type SeededRegion, seedRegion } from './seed/seed-region.js';
import { ensureAuthority, type RegionAuthority } from './servers/region-authority.js';
import { chooseBus, type RegionBus, startRegionBus, type WantedBus } from './servers/region-bus.js';
import { removePostgresData, startRegionPostgres } from './servers/region-postgres.js';
import { type PostgresTemplate, templateDatabase } from './servers/postgres-template.js';
import { ensureServiceDatabase, type ServiceDatabase } from './servers/service-database.js';
import { serviceEnvironment, serviceUrls, type ServiceUrls } from './services/service-environment.js';
import { ServiceProcess } from './services/service-process.js';
import { workspaceDirectory } from './services/workspace.js';
import { ephemeralPorts, fixedPorts, RegionPorts, requireFreePorts } from './state/ports.js';
import { createSecrets, RegionSecrets, withPasswordOfEach } from './state/secrets.js';
import { openStateDirectory, type StateDirectory } from './state/state-directory.js';
import { Stack } from './stack.js';

export interface RegionOptions {
  /** What the region keeps; `.region` in the workspace unless told otherwise. */
  readonly stateDirectory?: string;
  /** Fixed ports for people, ephemeral ones for tests. What the state holds goes before. */
  readonly ports?: 'fixed' | 'ephemeral';
  /** Throws away what was kept. */
  readonly fresh?: boolean;
  /** `none`: notifications go by HTTPS alone, whatever is installed. `nats`: no region without a bus. */
  readonly bus?: WantedBus;
  /** A PostgreSQL server to use, with an account that may make roles and databases. */
  readonly databaseUrl?: string;
  readonly natsUrl?: string;
  /** What a region of a test begins with: its PostgreSQL is copied, not made, and is not kept from a power cut. */
  readonly postgresTemplate?: PostgresTemplate;
  /** FHIR bundles to load at the first custodian beside the synthetic clients. */
  readonly dossiers?: readonly FhirBundle[];
  /** Origins on this machine at which organisations of the custodian may keep their record in a FHIR server of their own. */
  readonly sourceOrigins?: readonly string[];
  readonly logLevel?: string;
  /** Options of Node for every service, such as a bound of its heap. */
  readonly nodeOptions?: readonly string[];
  readonly clock?: () => Date;
  /** Stops a start that is under way. */
  readonly signal?: AbortSignal;
  /** Hears what is being done. */
  readonly onProgress?: (sentence: string) => void;
  /** Hears of a service that ended by itself after the start. */
  readonly onServiceEnd?: (error: RegionError) => void;
}

/** A service of a running region, as tests treat it. */
export interface RegionService {
  readonly urls: ServiceUrls;
  /** Undefined while it does not run. */
  readonly pid: number | undefined;
  /** What it is started with, for who starts one like it. */
  readonly environment: NodeJS.ProcessEnv;
  start(): Promise<void>;
  /** As a deployment ends it (SIGTERM). */
  stop(): Promise<void>;
  /** As a power cut ends it (SIGKILL). */
  kill(): Promise<void>;
  restart(): Promise<void>;
}

/** A whole region on this machine (design §7). */
export interface Region {
  /** What `region.json` says. */
  readonly file: RegionFile;
  /** Where `region.json` is. */
  readonly filePath: string;
  service(name: ServiceName): RegionService;
  /** What a service logged since its last start. */
  logs(name: ServiceName): Promise<string>;
  stop(): Promise<void>;
}

/** Starts everything, waits until it is ready, fills it with made-up organisations, people and clients. @throws RegionError */
export async function startRegion(options: RegionOptions = {}): Promise<Region> {
  const stack = new Stack();
  try {
    return await Promise.race([start(options, stack), abortOf(options.signal)]);
  } catch (error) {
    await stack.unwind();
    throw error;
  }
}

/** Rejects when the signal aborts; without one it stays quiet. */
function abortOf(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new RegionError('Stopped before the region was up.')), { once: true });
  });
}

async function start(options: RegionOptions, stack: Stack): Promise<Region> {
  const tell = options.onProgress ?? (() => undefined);
  const now = options.clock ?? (() => new Date());
  const state = await openStateDirectory(options.stateDirectory ?? join(workspaceDirectory(), '.region'));
  stack.push(() => state.release());
  if (options.fresh) await clear(state);
  await mkdir(state.resolve('logs'), { recursive: true, mode: 0o700 });
  const ports = await keep(state, 'ports.json', RegionPorts, () => (options.ports === 'ephemeral' ? ephemeralPorts() : Promise.resolve(fixedPorts)));
  const secrets = await keepPasswordOfEach(await keep(state, 'secrets.json', RegionSecrets, () => createSecrets(options.postgresTemplate?.password)), state);
  const busChoice = chooseBus(options.bus ?? 'auto', options.natsUrl);
  await requireFreePorts(ports, { postgres: options.databaseUrl === undefined, nats: ['local', 'container'].includes(busChoice.kind) });

  const guard = startProcessGuard();
  stack.push(async () => guard.close());
  tell('Starting PostgreSQL, bus, login server, certificates');
  const [postgres, bus, login, authority] = await Promise.all([
    startRegionPostgres({ url: options.databaseUrl, state, port: ports.postgres, password: secrets.postgresPassword, template: options.postgresTemplate, guard }).then(stack.keeps),
    startRegionBus(busChoice, { state, port: ports.nats, guard }).then(stack.keeps),
    startLogin(ports, secrets).then(stack.keeps),
    ensureAuthority(state, now()),
  ]);
  const databases = await ensureDatabases(postgres.url, state, secrets, { fresh: options.fresh ?? false, fromTemplate: options.postgresTemplate !== undefined });

  tell('Starting regisseur, custodian and actor');
  const processes = serviceNames.map(
    (name) =>
      new ServiceProcess({
        name,
        script: join(workspaceDirectory(), 'apps', name, 'dist', 'service.js'),
        environment: serviceEnvironment({
          service: name,
          ports: ports[name],
          secrets,
          database: databases[name],
          certificate: authority.services[name],
          trustFile: authority.certificate,
          oidcIssuer: login.issuer,
          natsUrl: bus.kind === 'nats' ? bus.url : undefined,
          sourceOrigins: options.sourceOrigins ?? [],
          logLevel: options.logLevel ?? 'info',
          nodeOptions: options.nodeOptions ?? [],
        }),
        logFile: state.resolve('logs', `${name}.log`),
        readyUrl: `${serviceUrls(name, ports[name]).operator}/health/ready`,
        guard,
        onUnexpectedEnd: options.onServiceEnd ?? (() => undefined),
      }),
  );
  stack.push(async () => void (await Promise.all(processes.map((service) => service.stop()))));
  await Promise.all(processes.map((service) => service.start()));

  tell('Adding organisations, allowlist, shifts and synthetic clients');
  const urls = Object.fromEntries(serviceNames.map((name) => [name, serviceUrls(name, ports[name])])) as Record<ServiceName, ServiceUrls>;
  const seeded = await seedRegion({ urls, state, now: now(), dossiers: options.dossiers ?? [], onProgress: tell });
  const file = regionFile({ urls, secrets, seeded, authority, login, bus, databases, server: postgres.url });
  await state.write('region.json', file);
  return {
    file,
    filePath: state.resolve('region.json'),
    service: (name) => serviceOf(processes, name, urls[name]),
    logs: (name) => processOf(processes, name).logs(),
    stop: () => stack.unwind(),
  };
}

async function clear(state: StateDirectory): Promise<void> {
  await removePostgresData(state);
  await state.clear();
}

/** What the state holds, else what `create` makes, kept from then on. */
async function keep<T extends object>(state: StateDirectory, name: string, schema: Parameters<StateDirectory['read']>[1], create: () => Promise<T>): Promise<T> {
  const kept = await state.read(name, schema);
  if (kept !== undefined) return kept as T;
  const created = await create();
  await state.write(name, created);
  return created;
}

/** A sample user who came after this region was made gets a password too. */
async function keepPasswordOfEach(secrets: RegionSecrets, state: StateDirectory): Promise<RegionSecrets> {
  const complete = withPasswordOfEach(secrets);
  if (complete !== secrets) await state.write('secrets.json', complete);
  return complete;
}

function startLogin(ports: RegionPorts, secrets: RegionSecrets): Promise<LoginServer> {
  return startLoginServer({
    port: ports.oidc,
    clients: serviceNames.map((service) => ({ service, secret: secrets.oidcClientSecrets[service], staffUrl: serviceUrls(service, ports[service]).staff })),
    users: sampleUsers,
    passwords: secrets.userPasswords,
    signingKey: secrets.oidcSigningKey,
    cookieKey: secrets.oidcCookieKey,
  });
}

async function ensureDatabases(serverUrl: string, state: StateDirectory, secrets: RegionSecrets, { fresh, fromTemplate }: { readonly fresh: boolean; readonly fromTemplate: boolean }): Promise<Record<ServiceName, ServiceDatabase>> {
  const databases: Partial<Record<ServiceName, ServiceDatabase>> = {};
  for (const name of serviceNames) {
    databases[name] = await ensureServiceDatabase({ serverUrl, name: `anw_${state.id}_${name}`, ...secrets.databases[name], fresh, ...(fromTemplate && { template: templateDatabase(name) }) });
  }
  return databases as Record<ServiceName, ServiceDatabase>;
}

interface RegionFacts {
  readonly urls: Record<ServiceName, ServiceUrls>;
  readonly secrets: RegionSecrets;
  readonly seeded: SeededRegion;
  readonly authority: RegionAuthority;
  readonly login: LoginServer;
  readonly bus: RegionBus;
  readonly databases: Record<ServiceName, ServiceDatabase>;
  readonly server: string;
}

function regionFile({ urls, secrets, seeded, authority, login, bus, databases, server }: RegionFacts): RegionFile {
  return RegionFile.parse({
    services: urls,
    organisations: seeded.organisations,
    authority: { certificate: authority.certificate, privateKey: authority.privateKey },
    oidc: { issuer: login.issuer, users: sampleUsers.map((user) => ({ ...user, password: secrets.userPasswords[user.username] })) },
    database: { server, services: databases },
    bus: bus.kind === 'nats' ? { kind: 'nats', url: bus.url } : { kind: 'none', reason: bus.reason },
    patients: seeded.patients,
  } satisfies Record<keyof RegionFile, unknown>);
}

function serviceOf(processes: readonly ServiceProcess[], name: ServiceName, urls: ServiceUrls): RegionService {
  const service = processOf(processes, name);
  return {
    urls,
    get pid() {
      return service.pid;
    },
    environment: service.environment,
    start: () => service.start(),
    stop: () => service.stop(),
    kill: () => service.kill(),
    restart: () => service.restart(),
  };
}

function processOf(processes: readonly ServiceProcess[], name: ServiceName): ServiceProcess {
  const service = processes.find((candidate) => candidate.name === name);
  if (service === undefined) throw new RegionError(`A region has no service "${name}".`);
  return service;
}
