import { Client } from 'pg';
import type { SystemTransaction } from '../database/database.js';

/** Channels on which the processes of one service tell each other that something changed. */
export type SignalChannel = 'visit_route' | 'authorization_delivery';

/** Which row changed, in which organisation; never what is in it. */
export interface Signal {
  readonly organisation: string;
  readonly id: string;
}

/** Tells every process of this service, when and only when the transaction commits (PostgreSQL NOTIFY). */
export async function raiseSignal(tx: SystemTransaction, channel: SignalChannel, signal: Signal): Promise<void> {
  await tx.query('SELECT pg_notify($1, $2)', [channel, `${signal.organisation} ${signal.id}`], 'raise-signal');
}

type Handler = (signal: Signal) => void;

/**
 * Hears the signals of one database on a connection of its own; connects again for ever when it is lost.
 * What was raised while it was away is missed: hearers also look at the database when they (re)start.
 */
export class SignalListener {
  private readonly handlers = new Map<SignalChannel, Set<Handler>>();
  private client: Client | undefined;
  private stopped = false;

  constructor(
    private readonly url: string,
    private readonly retryMilliseconds = 1_000,
  ) {}

  on(channel: SignalChannel, handler: Handler): () => void {
    const handlers = this.handlers.get(channel) ?? new Set();
    handlers.add(handler);
    this.handlers.set(channel, handlers);
    return () => handlers.delete(handler);
  }

  /** Resolves once it hears. @throws when the database cannot be reached; call again. */
  async connect(): Promise<void> {
    const client = new Client({ connectionString: this.url, application_name: 'signals', keepAlive: true });
    client.on('error', () => this.reconnect(client));
    client.on('end', () => this.reconnect(client));
    client.on('notification', ({ channel, payload }) => this.dispatch(channel, payload ?? ''));
    await client.connect();
    this.client = client;
    for (const channel of ['visit_route', 'authorization_delivery'] satisfies SignalChannel[]) await client.query(`LISTEN ${channel}`);
  }

  async close(): Promise<void> {
    this.stopped = true;
    await this.client?.end();
  }

  private dispatch(channel: string, payload: string): void {
    const [organisation, id] = payload.split(' ', 2);
    if (organisation === undefined || id === undefined) return;
    for (const handler of this.handlers.get(channel as SignalChannel) ?? []) handler({ organisation, id });
  }

  private reconnect(lost: Client): void {
    if (this.stopped || this.client !== lost) return;
    this.client = undefined;
    const attempt = () => {
      if (this.stopped) return;
      this.connect().catch(() => setTimeout(attempt, this.retryMilliseconds));
    };
    setTimeout(attempt, this.retryMilliseconds);
  }
}
