import { prepareLinkedData } from '@anw/credentials';
import { OutboxRelay } from '@anw/notifications';
import type { Outbound } from '@anw/outbound';
import { Database, SignalListener } from '@anw/persistence';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Housekeeping } from './housekeeping/housekeeping.js';
import { OUTBOUND } from './tokens.js';

/** Warms up what would make the first who asks wait, and ends what the core started, in the order in which one needs the other. The doors and the bus have closed by then. */
@Injectable()
export class ServiceLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(SignalListener) private readonly signals: SignalListener,
    @Inject(OUTBOUND) private readonly outbound: Outbound,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** Behind the start, so that the first list that is asked for or read does not wait for the JSON-LD processor. */
  onApplicationBootstrap(): void {
    setImmediate(() => void prepareLinkedData());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.relay.stop(), this.housekeeping.stop()]);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.signals.close();
    await this.outbound.close();
    await this.database.close();
  }
}
