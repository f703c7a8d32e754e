import { ServiceLogger } from '@anw/platform';
import { RepeatedTask } from '@anw/service-core';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { Webhooks } from './webhooks.js';

const LOOK_MILLISECONDS = 500;
const FORGET_MILLISECONDS = 3600 * 1000;

/** Looks again and again whether something is to be told to an organisation's own systems, and forgets what they have long had. */
@Injectable()
export class WebhookSender implements BeforeApplicationShutdown {
  private readonly tasks: readonly RepeatedTask[];

  constructor(
    @Inject(Webhooks) private readonly webhooks: Webhooks,
    @Inject(ServiceLogger) logger: ServiceLogger,
  ) {
    const repeat = (work: () => Promise<void>, intervalMilliseconds: number) => new RepeatedTask({ work, intervalMilliseconds, random: Math.random, onError: (error) => logger.unexpected(error) });
    this.tasks = [repeat(() => webhooks.sendDue(), LOOK_MILLISECONDS), repeat(() => webhooks.forgetDelivered(), FORGET_MILLISECONDS)];
  }

  /** First what a previous encryption key sealed is sealed anew. */
  async start(): Promise<void> {
    await this.webhooks.reseal();
    for (const task of this.tasks) task.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.tasks.map((task) => task.stop()));
  }
}
