import { lookup } from 'node:dns/promises';
import { Agent, type Dispatcher } from 'undici';
import { assertUrlAllowed, type HostPolicy } from './allowed-hosts.js';
import { toOutboundError } from './classify-failure.js';
import { createGuardedLookup, type ResolveHost } from './guarded-lookup.js';
import { OutboundError, type OutboundFailure } from './outbound-error.js';
import { type CircuitSettings, type CircuitStateName, PartnerCircuits } from './partner-circuits.js';

export interface OutboundConfig extends HostPolicy {
  /** Certificate authorities that partners' doors may chain to, as PEM; without it those of the operating system's Node. */
  readonly ca?: string | readonly string[];
  /** Presented to every partner that asks (RFC 8705). */
  readonly clientCertificate?: { readonly certificatePem: string; readonly privateKeyPem: string };
  /** For a whole request, from look-up to last byte. */
  readonly timeoutMilliseconds: number;
  readonly maxResponseBytes: number;
  /** Connections kept per partner. */
  readonly connectionsPerPartner?: number;
  /** When a partner that does not answer is left alone; `defaultCircuitSettings` unless said otherwise. */
  readonly circuits?: CircuitSettings;
  /** Hears how each request ended, for the metrics. */
  readonly onOutcome?: (outcome: OutboundOutcome) => void;
  /** Where addresses come from; the system's resolver unless a spec decides. */
  readonly resolveHost?: ResolveHost;
}

/** `answered` whatever the status was. */
export type OutboundOutcome = 'answered' | OutboundFailure;

export interface OutboundRequest {
  readonly method?: string;
  readonly headers?: Headers | Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | URLSearchParams | null;
  readonly signal?: AbortSignal | null;
  /** Below the limits of the configuration, for a request that needs less. */
  readonly timeoutMilliseconds?: number;
  readonly maxResponseBytes?: number;
}

/** `fetch` towards partners: same shape, redirects are handed back and never followed. @throws OutboundError */
export type OutboundFetch = (url: string | URL, request?: OutboundRequest) => Promise<Response>;

export interface Outbound {
  readonly fetch: OutboundFetch;
  /** How many partners we are on speaking terms with, and how many are left alone. */
  countCircuits(): Readonly<Record<CircuitStateName, number>>;
  /** How the partner at this origin stands; undefined when it was not asked of late. */
  circuitOf(origin: string): CircuitStateName | undefined;
  /** From now on new connections; those there are end with their running requests, and what they held with them. */
  renewConnections(): void;
  /** Waits for running requests and closes all connections. */
  close(): Promise<void>;
}

/**
 * The one way out of a service: TLS with our certificate, limits, and no way into our own network. Each partner has a
 * keep-alive pool and a circuit breaker of its own, so that one that is slow or broken keeps nobody from another.
 */
export function createOutbound(config: OutboundConfig): Outbound {
  let agent = createAgent(config);
  const closing = new Set<Promise<void>>();
  const circuits = new PartnerCircuits(config.circuits);
  return {
    fetch: async (input, request = {}) => {
      const url = parseUrl(input);
      return reported(config, async () => {
        assertUrlAllowed(url, config);
        return circuits.run(url, () => send(agent, config, url, request));
      });
    },
    countCircuits: () => circuits.countStates(),
    circuitOf: (origin) => circuits.stateOf(origin),
    renewConnections: () => {
      const closed = agent.close().finally(() => closing.delete(closed));
      closing.add(closed);
      agent = createAgent(config);
    },
    close: async () => {
      await Promise.all([agent.close(), ...closing]);
    },
  };
}

function createAgent(config: OutboundConfig): Agent {
  const { ca, clientCertificate, timeoutMilliseconds } = config;
  return new Agent({
    connections: config.connectionsPerPartner ?? 32,
    pipelining: 1,
    allowH2: false,
    // Below the minute for which our own doors keep an idle connection, so that the end that asks closes first.
    keepAliveTimeout: 30_000,
    keepAliveMaxTimeout: 30_000,
    headersTimeout: timeoutMilliseconds,
    bodyTimeout: timeoutMilliseconds,
    connect: {
      ...(ca === undefined ? {} : { ca: typeof ca === 'string' ? ca : [...ca] }),
      ...(clientCertificate === undefined ? {} : { cert: clientCertificate.certificatePem, key: clientCertificate.privateKeyPem }),
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      timeout: timeoutMilliseconds,
      // Every connection proves our certificate anew; with a pool per partner that is rare enough.
      maxCachedSessions: 0,
      lookup: createGuardedLookup(config.allowedInternalHosts, config.resolveHost ?? ((host) => lookup(host, { all: true }))),
    },
  });
}

async function reported({ onOutcome }: OutboundConfig, request: () => Promise<Response>): Promise<Response> {
  try {
    const response = await request();
    onOutcome?.('answered');
    return response;
  } catch (error) {
    if (error instanceof OutboundError) onOutcome?.(error.code);
    throw error;
  }
}

async function send(agent: Agent, config: OutboundConfig, url: URL, request: OutboundRequest): Promise<Response> {
  const deadline = AbortSignal.timeout(Math.min(request.timeoutMilliseconds ?? Infinity, config.timeoutMilliseconds));
  const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline;
  try {
    const answer = await dispatch(agent, url, request, signal);
    const limit = Math.min(request.maxResponseBytes ?? Infinity, config.maxResponseBytes);
    return toResponse(answer, await readBody(answer, limit, url.hostname));
  } catch (error) {
    throw toOutboundError(error, url.hostname, request.signal ?? undefined);
  }
}

/** A read that met a kept connection just as its other end closed it is asked once more, on another; a write never is. */
async function dispatch(agent: Agent, url: URL, request: OutboundRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  const method = (request.method ?? 'GET').toUpperCase();
  const { headers, body } = requestContent(request);
  const options = { origin: url.origin, path: url.pathname + url.search, method: method as Dispatcher.HttpMethod, headers, body, signal };
  try {
    return await agent.request(options);
  } catch (error) {
    if (method !== 'GET' || !isClosedConnection(error)) throw error;
    return agent.request(options);
  }
}

function isClosedConnection(error: unknown): boolean {
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(String((error as { code?: unknown }).code));
}

/** `host` follows from the URL, framing from the body: letting a caller set them lets two servers read two requests. */
const ownHeaders = ['host', 'connection', 'content-length', 'transfer-encoding', 'upgrade', 'keep-alive', 'te', 'trailer', 'expect'];

function requestContent({ headers, body }: OutboundRequest): { headers: Record<string, string>; body: string | Uint8Array | null } {
  const given = new Headers(headers as Record<string, string>);
  for (const name of ownHeaders) given.delete(name);
  if (!(body instanceof URLSearchParams)) return { headers: Object.fromEntries(given), body: body ?? null };
  if (!given.has('content-type')) given.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
  return { headers: Object.fromEntries(given), body: body.toString() };
}

async function readBody({ body, headers }: Dispatcher.ResponseData, limit: number, host: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = Number(headers['content-length'] ?? 0) > limit ? Infinity : 0;
  try {
    if (size <= limit) {
      for await (const chunk of body as AsyncIterable<Uint8Array>) {
        size += chunk.length;
        if (size > limit) break;
        chunks.push(chunk);
      }
    }
    if (size > limit) throw new OutboundError('response-too-large', host);
    return Buffer.concat(chunks);
  } finally {
    body.on('error', () => undefined).destroy();
  }
}

const statusesWithoutBody: readonly number[] = [204, 205, 304];

function toResponse({ statusCode, headers }: Dispatcher.ResponseData, body: Uint8Array): Response {
  const received = new Headers();
  for (const [name, value] of Object.entries(headers)) for (const one of [value ?? []].flat()) received.append(name, one);
  return new Response(statusesWithoutBody.includes(statusCode) ? null : (body as Uint8Array<ArrayBuffer>), { status: statusCode, headers: received });
}

function parseUrl(input: string | URL): URL {
  const url = URL.parse(String(input));
  if (url === null) throw new OutboundError('forbidden-url', 'a malformed URL');
  return url;
}
