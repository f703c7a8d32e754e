import { Database, forgetExpiredLaunches } from '@anw/persistence';
import { CLOCK, ServiceLogger } from '@anw/platform';
import { RepeatedTask, tellUnexpected } from '@anw/service-core';
import type { Clock } from '@anw/values';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';

const INTERVAL_MILLISECONDS = 60_000;

/** Launches that nobody used name a person: they go when their minute is over. */
@Injectable()
export class LaunchHousekeeping implements BeforeApplicationShutdown {
  private readonly task: RepeatedTask;

  constructor(@Inject(Database) database: Database, @Inject(CLOCK) clock: Clock, @Inject(ServiceLogger) logger: ServiceLogger) {
    this.task = new RepeatedTask({ work: () => database.acrossOrganisations((tx) => forgetExpiredLaunches(tx, clock())), intervalMilliseconds: INTERVAL_MILLISECONDS, random: Math.random, onError: tellUnexpected(logger) });
  }

  start(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }
}
