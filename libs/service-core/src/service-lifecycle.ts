import { OutboxRelay } from '@anw/notifications';
import type { Outbound } from '@anw/outbound';
import { Database, SignalListener } from '@anw/persistence';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Housekeeping } from './housekeeping/housekeeping.js';
import { OUTBOUND } from './tokens.js';

/** Ends what the core started, in the order in which one needs the other. The doors and the bus have closed by then. */
@Injectable()
export class ServiceLifecycle implements BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(SignalListener) private readonly signals: SignalListener,
    @Inject(OUTBOUND) private readonly outbound: Outbound,
    @Inject(Database) private readonly database: Database,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.relay.stop(), this.housekeeping.stop()]);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.signals.close();
    await this.outbound.close();
    await this.database.close();
  }
}
