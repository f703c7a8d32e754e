import type { DynamicModule, InjectionToken, Provider, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { DOOR_LANGUAGE, PathDialectFilter } from '../errors/dialect.filter.js';
import { dialectOfPath } from '../errors/dialect.js';
import { sendAnswer } from '../errors/send-answer.js';
import { toAnswer } from '../errors/to-answer.js';
import type { Language } from '../errors/to-problem.js';
import { validationPipe } from '../errors/validation.js';
import { ServiceLogger } from '../logging/service-logger.js';
import { Metrics } from '../metrics/metrics.js';
import { refuseWebPages } from '../operator-door/refuse-web-pages.js';
import { CLIENT_CERTIFICATES, readClientCertificates } from '../partner-door/client-certificate.js';
import { type PartnerTls } from '../partner-door/partner-tls-settings.js';
import { partnerTlsOptions } from '../partner-door/tls-options.js';
import type { BuiltPages } from '../staff-door/pages/built-pages.js';
import { FrameAncestors } from '../staff-door/pages/frame-ancestors.js';
import { servePages } from '../staff-door/pages/serve-pages.js';
import { bridge, type ProviderSource } from '../service/bridge.module.js';
import { PortTakenError } from '../service/port-taken-error.js';
import { Readiness } from '../service/readiness.js';
import { answerClientErrors } from './client-errors.js';
import { type DoorRoute, recordRoutes } from './door-routes.js';
import type { Listen } from './door-settings.js';
import { EdgeRefusals, keepEdgeRefusals } from './edge-refusals.js';
import { readContentTypes } from './content-types.js';
import { refuseOtherMethods } from './other-methods.js';
import { answerUnavailableUntilReady } from './readiness-gate.js';
import { ignoreOtherExpectations, toOriginForm } from './request-forms.js';
import { logRequests } from './request-log.js';
import { addSecurityHeaders } from './security-headers.js';
import { OpenStreams } from './open-streams.js';

export type DoorName = 'partner' | 'staff' | 'operator';

/** What a door serves and where (design D3). */
export interface DoorDefinition {
  /** Controllers of this door and of no other. */
  readonly module: Type<unknown> | DynamicModule;
  readonly listen: Listen;
  /** As callers reach it, no trailing slash. Left out: from the address it listens on. */
  readonly url?: string;
  /** The partner door speaks HTTPS and asks for a client certificate; the core's `CLIENT_CERTIFICATES` judge it. */
  readonly tls?: PartnerTls;
  /** The web app that people meet at the staff door; left out when none was built. */
  readonly pages?: BuiltPages;
}

export interface OpenDoor {
  readonly name: DoorName;
  readonly url: string;
  readonly routes: readonly DoorRoute[];
  readonly fastify: FastifyInstance;
  /** Takes nothing new, ends streams, waits for what runs. */
  close(): Promise<void>;
}

/** What every door shares with the service it belongs to. */
export interface DoorSurroundings {
  readonly core: ProviderSource;
  /** Tokens of the core's providers that the door's modules inject. */
  readonly bridge: readonly InjectionToken[];
  /** Providers of the platform itself: clock, logger, metrics, readiness. */
  readonly own: readonly Provider[];
  readonly logger: ServiceLogger;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
}

/** Bytes; routes that need more say so (`@Documented(…, { bodyLimit })`). */
export const BODY_LIMIT = 256 * 1024;
const REQUEST_TIMEOUT_MILLISECONDS = 30_000;
/** Longer than the pools of our partners keep an idle connection, so that they close first. */
const KEEP_ALIVE_MILLISECONDS = 75_000;

/** Makes one door and listens. @throws PortTakenError */
export async function openDoor(name: DoorName, definition: DoorDefinition, surroundings: DoorSurroundings): Promise<OpenDoor> {
  const door = await createDoor(name, definition, surroundings);
  await listen(door.app, name, definition.listen);
  const url = definition.url ?? urlOf(door.fastify, definition);
  return { name, url, routes: door.routes, fastify: door.fastify, close: () => door.app.close() };
}

/** Makes one door that does not listen yet; `fastify.inject` reaches its routes. */
export async function createDoor(
  name: DoorName,
  definition: Omit<DoorDefinition, 'listen'> & Partial<Pick<DoorDefinition, 'listen'>>,
  { core, bridge: tokens, own, logger, metrics, readiness }: DoorSurroundings,
): Promise<{ readonly app: NestFastifyApplication; readonly fastify: FastifyInstance; readonly routes: readonly DoorRoute[] }> {
  const language: Language = name === 'staff' ? 'nl' : 'en';
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MILLISECONDS,
    keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
    // A reference is ours alone: a caller must not choose what our log says.
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    skipMiddie: true,
    rewriteUrl: toOriginForm,
    // A path that the router cannot read meets no hook and no filter.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => void sendAnswer(reply, toAnswer(error, dialectOfPath(request.url), request.id, language).answer),
    clientErrorHandler: answerClientErrors(name, language, logger),
    ...(definition.tls && { https: partnerTlsOptions(definition.tls) }),
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  const routes = recordRoutes(fastify);
  const streams = new OpenStreams();
  fastify.addHook('preClose', async () => streams.endAll());
  logRequests(fastify, name, { logger, metrics, quiet: name === 'operator' });
  await addSecurityHeaders(fastify, name, definition.tls !== undefined);
  ignoreOtherExpectations(fastify);
  if (definition.pages) await servePages(fastify, definition.pages, () => core.get<FrameAncestors>(FrameAncestors));
  if (name === 'operator') refuseWebPages(fastify, definition.listen?.host);
  else answerUnavailableUntilReady(fastify, readiness, language);
  refuseOtherMethods(fastify, routes, language);
  if (definition.tls) readClientCertificates(fastify, core.get(CLIENT_CERTIFICATES), definition.tls.proxies);
  readContentTypes(fastify);
  if (name === 'partner') keepEdgeRefusals(fastify, core.get<EdgeRefusals>(EdgeRefusals), logger);
  const shared = bridge(core, tokens, [...own, { provide: OpenStreams, useValue: streams }, { provide: DOOR_LANGUAGE, useValue: language }]);
  const app = await NestFactory.create<NestFastifyApplication>({ module: class DoorModule {}, imports: [shared, definition.module] }, adapter, {
    bodyParser: false,
    abortOnError: false,
  });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new PathDialectFilter(logger, language));
  await app.init();
  await fastify.ready();
  return { app, fastify, routes };
}

async function listen(app: NestFastifyApplication, door: string, { host, port }: Listen): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (cause) {
    await app.close();
    if ((cause as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new PortTakenError(door, port, { cause });
    throw cause;
  }
}

function urlOf(fastify: FastifyInstance, { listen: { host }, tls }: DoorDefinition): string {
  const { port } = fastify.server.address() as AddressInfo;
  return `${tls ? 'https' : 'http'}://${host === '0.0.0.0' ? 'localhost' : host}:${port}`;
}
