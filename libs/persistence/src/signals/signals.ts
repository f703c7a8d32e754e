import { Client } from 'pg';
import type { SystemTransaction } from '../database/database.js';

/** Channels on which the processes of one service tell each other that something changed. */
export const signalChannels = ['visit_route', 'authorization_delivery', 'draft', 'enrichment', 'care_request', 'handover'] as const;
export type SignalChannel = (typeof signalChannels)[number];

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

interface Hearer {
  readonly handler: Handler;
  readonly missed: () => void;
}

/**
 * Hears the signals of one database on a connection of its own; connects again for ever when it is lost.
 * What was raised while it was away is gone: `missed` tells its hearers to look at the database again.
 */
export class SignalListener {
  private readonly hearers = new Map<SignalChannel, Set<Hearer>>();
  private client: Client | undefined;
  private stopped = false;

  constructor(
    private readonly url: string,
    private readonly retryMilliseconds = 1_000,
  ) {}

  /** @param missed is called when it hears again after it was away; left out by who looks for himself anyway. */
  on(channel: SignalChannel, handler: Handler, missed: () => void = () => undefined): () => void {
    const hearers = this.hearers.get(channel) ?? new Set();
    this.hearers.set(channel, hearers);
    const hearer = { handler, missed };
    hearers.add(hearer);
    return () => hearers.delete(hearer);
  }

  /** Resolves once it hears. @throws when the database cannot be reached; call again. */
  async connect(): Promise<void> {
    const client = new Client({ connectionString: this.url, application_name: 'signals', keepAlive: true });
    client.on('error', () => this.reconnect(client));
    client.on('end', () => this.reconnect(client));
    client.on('notification', ({ channel, payload }) => this.dispatch(channel, payload ?? ''));
    try {
      await client.connect();
      for (const channel of signalChannels) await client.query(`LISTEN ${channel}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    if (this.stopped) return client.end();
    this.client = client;
  }

  async close(): Promise<void> {
    this.stopped = true;
    await this.client?.end();
  }

  private dispatch(channel: string, payload: string): void {
    const [organisation, id] = payload.split(' ', 2);
    if (organisation === undefined || id === undefined) return;
    for (const { handler } of this.hearers.get(channel as SignalChannel) ?? []) handler({ organisation, id });
  }

  private reconnect(lost: Client): void {
    if (this.stopped || this.client !== lost) return;
    this.client = undefined;
    const attempt = () => {
      if (this.stopped) return;
      this.connect().then(
        () => this.tellMissed(),
        () => setTimeout(attempt, this.retryMilliseconds),
      );
    };
    setTimeout(attempt, this.retryMilliseconds);
  }

  private tellMissed(): void {
    for (const hearers of this.hearers.values()) for (const { missed } of hearers) missed();
  }
}
