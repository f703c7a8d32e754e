import { Database, type OrganisationDirectory } from '@anw/persistence';
import { CLOCK, ServiceLogger } from '@anw/platform';
import { ORGANISATION_DIRECTORY, RepeatedTask, tellUnexpected } from '@anw/service-core';
import { type Clock, fragmentOf } from '@anw/values';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { actorStores } from '../actor-stores.js';
import { CustodianDoor } from '../custodians/custodian-door.js';
import { withdrawVisit } from './withdraw-visit.js';

const INTERVAL_MILLISECONDS = 5_000;

/** When the period of an authorization is over the actor forgets what it held of it (design §2 step 7). */
@Injectable()
export class ShiftEnd implements BeforeApplicationShutdown {
  private readonly task: RepeatedTask;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(CustodianDoor) private readonly custodians: CustodianDoor,
    @Inject(ServiceLogger) logger: ServiceLogger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.task = new RepeatedTask({
      work: () => this.sweep(),
      intervalMilliseconds: INTERVAL_MILLISECONDS,
      random: Math.random,
      onError: tellUnexpected(logger),
    });
  }

  start(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  /** Forgets everything that is over now. */
  async sweep(): Promise<void> {
    const now = this.clock();
    for (const { id, did } of await this.directory.listOrganisations()) {
      await this.database.withOrganisation(id, async (tx) => {
        const stores = actorStores(tx);
        for (const authorization of await stores.received.listOver(now)) {
          this.custodians.forget(fragmentOf(authorization));
          const { held } = await withdrawVisit(stores, { authorization, actor: did, reason: 'ended', at: now });
          if (!held) continue;
          await stores.audit.append({ id: randomUUID(), name: 'authorization.wiped', outcome: 'success', at: now, actor: did, authorization, reason: 'ended' });
        }
      });
    }
  }
}
