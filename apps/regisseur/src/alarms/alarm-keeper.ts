import { CLOCK, ServiceLogger } from '@anw/platform';
import { RepeatedTask, tellUnexpected } from '@anw/service-core';
import type { Clock } from '@anw/values';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { Regisseurs } from '../regisseurs/regisseurs.js';

const INTERVAL_MILLISECONDS = 2_000;

/** Lets the alarm ring of visits that nobody opened in time. What is due stands in the database: a restart loses none, and replicas ring each once. */
@Injectable()
export class AlarmKeeper implements BeforeApplicationShutdown {
  private readonly task: RepeatedTask;

  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(ServiceLogger) logger: ServiceLogger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.task = new RepeatedTask({ work: () => this.keep(), intervalMilliseconds: INTERVAL_MILLISECONDS, random: Math.random, onError: tellUnexpected(logger) });
  }

  start(): void {
    this.task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.task.stop();
  }

  /** One turn over every regisseur of this service. */
  async keep(): Promise<void> {
    for (const regisseur of await this.regisseurs.listAll()) await regisseur.transaction(({ authorizations }) => authorizations.raiseAlarms(this.clock()));
  }
}
