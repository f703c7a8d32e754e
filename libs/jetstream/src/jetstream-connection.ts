import { jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type ConnectionOptions, credsAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureStream } from './ensure-stream.js';

export interface JetStreamConnectionConfig {
  /** `nats://` or `tls://`, with user and password or a token in front of the host where the bus asks for them. */
  readonly url: string;
  /** As the bus shows it to its operator. */
  readonly name: string;
  /** Contents of a NATS credentials file (JWT and seed). */
  readonly credentials?: Uint8Array;
  /** PEM files of a bus with its own certificate authority, or one that asks for a client certificate. */
  readonly tls?: { readonly caFile?: string; readonly certFile?: string; readonly keyFile?: string };
}

/** A connection that is up, with the stream in place. */
export interface JetStreamLink {
  readonly connection: NatsConnection;
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;
}

export interface BusReadiness {
  readonly up: boolean;
  /** One sentence for the operator; never holds credentials. */
  readonly detail: string;
}

/** The bus does not answer now. */
export class BusUnavailableError extends Error {
  override readonly name = 'BusUnavailableError';
  readonly code = 'bus-unavailable';
  constructor() {
    super('no connection to the bus');
  }
}

const DRAIN_MILLISECONDS = 3_000;
const PAUSES_MILLISECONDS = [100, 250, 500, 1_000, 2_000];

/** The connection of one service to the bus: opened in the background, kept for ever, no matter when the bus comes and goes. */
export class JetStreamConnection {
  private readonly closing = new AbortController();
  private readonly listeners = new Set<(link: JetStreamLink) => void>();
  private link: JetStreamLink | undefined;
  private detail = 'not connected yet';
  private keeping: Promise<void> | undefined;

  constructor(private readonly config: JetStreamConnectionConfig) {}

  /** Starts to connect, and returns at once. */
  open(): void {
    this.keeping ??= this.keepOpen();
  }

  /** The link, when it is up now. @throws BusUnavailableError */
  requireLink(): JetStreamLink {
    if (this.link === undefined) throw new BusUnavailableError();
    return this.link;
  }

  /** Calls back now when the link is up, and each time it comes up again. Answers how to stop that. */
  onUp(listener: (link: JetStreamLink) => void): () => void {
    this.listeners.add(listener);
    if (this.link !== undefined) listener(this.link);
    return () => this.listeners.delete(listener);
  }

  readiness(): BusReadiness {
    return { up: this.link !== undefined, detail: this.detail };
  }

  /** Sends what is under way, then closes for good. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.keeping;
  }

  private async keepOpen(): Promise<void> {
    for (let attempt = 0; !this.closing.signal.aborted; attempt += 1) {
      try {
        const connection = await connect(connectionOptions(this.config));
        attempt = 0;
        await this.follow(connection);
      } catch (error) {
        this.goDown(`waiting for the bus: ${reasonOf(error)}`);
      }
      await this.pause(attempt);
    }
  }

  /** Resolves when the connection has ended for good. */
  private async follow(connection: NatsConnection): Promise<void> {
    const statuses = connection.status();
    this.closing.signal.addEventListener('abort', () => void this.end(connection), { once: true });
    if (this.closing.signal.aborted) void this.end(connection);
    await this.prepare(connection);
    for await (const status of statuses) {
      if (status.type === 'disconnect') this.goDown('connection to the bus was lost; reconnecting');
      if (status.type === 'reconnect') await this.prepare(connection);
    }
    await connection.closed();
    this.goDown('connection to the bus was closed');
  }

  /** What is not connected cannot drain, and would wait for ever. */
  private async end(connection: NatsConnection): Promise<void> {
    if (this.link !== undefined) await Promise.race([connection.drain().catch(() => undefined), sleep(DRAIN_MILLISECONDS, undefined, { ref: false })]);
    await connection.close();
  }

  /** A bus that answers before its JetStream does, or that came back empty, gets the stream again. */
  private async prepare(connection: NatsConnection): Promise<void> {
    for (let attempt = 0; !connection.isClosed() && !this.closing.signal.aborted; attempt += 1) {
      try {
        const manager = await jetstreamManager(connection, { timeout: 3_000 });
        await ensureStream(manager);
        return this.goUp({ connection, client: manager.jetstream(), manager });
      } catch (error) {
        this.goDown(`the bus answers, but its JetStream does not: ${reasonOf(error)}`);
        await this.pause(attempt);
      }
    }
  }

  private goUp(link: JetStreamLink): void {
    this.link = link;
    this.detail = 'connected';
    for (const listener of this.listeners) listener(link);
  }

  private goDown(detail: string): void {
    this.link = undefined;
    this.detail = detail;
  }

  private async pause(attempt: number): Promise<void> {
    const milliseconds = PAUSES_MILLISECONDS[Math.min(attempt, PAUSES_MILLISECONDS.length - 1)];
    await sleep(milliseconds, undefined, { signal: this.closing.signal }).catch(() => undefined);
  }
}

function connectionOptions(config: JetStreamConnectionConfig): ConnectionOptions {
  const url = new URL(config.url);
  return {
    servers: `${url.protocol}//${url.host}`,
    name: config.name,
    timeout: 3_000,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 250,
    // A password that the bus refuses today may be the right one after its operator's next change.
    ignoreAuthErrorAbort: true,
    pingInterval: 10_000,
    ...login(url),
    ...(config.credentials === undefined ? {} : { authenticator: credsAuthenticator(config.credentials) }),
    ...(config.tls !== undefined || url.protocol === 'tls:' ? { tls: { ...config.tls } } : {}),
  };
}

function login(url: URL): Pick<ConnectionOptions, 'user' | 'pass' | 'token'> {
  const user = decodeURIComponent(url.username);
  if (user === '') return {};
  return url.password === '' ? { token: user } : { user, pass: decodeURIComponent(url.password) };
}

/** Name and code only: a message may quote the address with its password. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = (error as { code?: unknown }).code ?? (error.cause as { code?: unknown } | undefined)?.code;
  return code === undefined ? error.name : `${error.name} ${String(code)}`;
}
