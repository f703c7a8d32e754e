import { isPushEndpoint, nextPushAttempt, type PushNotice, pushNotices, type PushOutcome, pushOutcome } from '@anw/notifications';
import { OutboundError, type OutboundFetch } from '@anw/outbound';
import { type ClaimedPushMessage, claimDuePushMessages, Database, dropPushMessage, forgetExpiredPushSubscriptions, postponePushMessage, PushSubscriptionTable, SignalListener } from '@anw/persistence';
import { CLOCK, ServiceLogger } from '@anw/platform';
import { ORGANISATION_SEALING, PARTNER_URL, RepeatedTask, tellUnexpected } from '@anw/service-core';
import type { Clock } from '@anw/values';
import type { OrganisationSealing } from '@anw/veramo';
import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { PushKeys } from './push-keys.js';
import { createPushRequest } from './push-request.js';
import { PUSH_FETCH, PUSH_SETTINGS, type PushSettings } from './push-settings.js';
import { openEndpoint } from './stored-endpoint.js';

const INTERVAL_MILLISECONDS = 5_000;
const LEASE_MILLISECONDS = 30_000;
const AT_ONCE = 50;

/** Brings what is queued to the push services of the browsers; several replicas share the work. */
@Injectable()
export class PushSender implements BeforeApplicationShutdown {
  private readonly task: RepeatedTask;
  private forgetSignals: () => void = () => undefined;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SignalListener) private readonly signals: SignalListener,
    @Inject(ORGANISATION_SEALING) private readonly sealing: OrganisationSealing,
    @Inject(PushKeys) private readonly keys: PushKeys,
    @Inject(PUSH_FETCH) private readonly fetch: OutboundFetch,
    @Inject(PUSH_SETTINGS) private readonly settings: PushSettings,
    @Inject(PARTNER_URL) private readonly partnerUrl: string,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ServiceLogger) private readonly logger: ServiceLogger,
  ) {
    this.task = new RepeatedTask({ work: () => this.sendDue(), intervalMilliseconds: INTERVAL_MILLISECONDS, random: Math.random, onError: tellUnexpected(logger) });
  }

  /** What changes on a route is signalled in the transaction that queues its notice: both are there at once. */
  start(): void {
    this.task.start();
    const kick = () => void (this.turn = this.turn.then(() => this.sendDue()).catch((error: unknown) => this.logger.unexpected(error)));
    const forgets = [this.signals.on('visit_route', kick), this.signals.on('draft', kick)];
    this.forgetSignals = () => forgets.forEach((forget) => forget());
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.forgetSignals();
    await this.task.stop();
    await this.turn;
  }

  /** Sends what is due now, and forgets browsers whose login is over. */
  async sendDue(): Promise<void> {
    const now = this.clock();
    const claimed = await this.database.acrossOrganisations(async (tx) => {
      await forgetExpiredPushSubscriptions(tx, now);
      return claimDuePushMessages(tx, { now, leaseUntil: new Date(now.getTime() + LEASE_MILLISECONDS), limit: AT_ONCE });
    });
    await Promise.all(claimed.map((message) => this.send(message)));
  }

  private async send(message: ClaimedPushMessage): Promise<void> {
    const outcome = await this.post(message);
    if (outcome === 'refused') this.logger.warn('a push service refused a notice', { organisation: message.organisation, notice: message.notice });
    if (outcome === 'gone') {
      await this.database.withOrganisation(message.organisation, (tx) => new PushSubscriptionTable(tx).forget(message.endpointHash));
      return;
    }
    const next = outcome === 'try-again' ? nextPushAttempt(message.attempts + 1, message.queuedAt, this.clock()) : undefined;
    await this.database.acrossOrganisations((tx) => (next === undefined ? dropPushMessage(tx, message) : postponePushMessage(tx, message, next)));
  }

  private async post(message: ClaimedPushMessage): Promise<PushOutcome> {
    const { organisation, notice } = message;
    if (!isNotice(notice)) return 'refused';
    const request = await this.requestFor(message, notice);
    // Sealed with a key that is gone, keys that are none, or a service that is no longer allowed: that browser subscribes anew.
    if (request === undefined) return 'gone';
    try {
      const { status } = await this.fetch(request.url, { method: 'POST', headers: request.headers, body: request.body });
      return pushOutcome(status);
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      this.logger.warn('a push service could not be reached', { organisation, notice, failure: error.code });
      return error.code === 'forbidden-url' || error.code === 'forbidden-address' ? 'gone' : pushOutcome(undefined);
    }
  }

  private async requestFor(message: ClaimedPushMessage, notice: PushNotice) {
    const key = await this.keys.keyOf(message.organisation);
    try {
      const subscription = openEndpoint(message, this.sealing(message.organisation));
      if (!isPushEndpoint(subscription.endpoint, this.settings.services)) return undefined;
      return createPushRequest(notice, subscription, { key, contact: this.settings.contact ?? this.partnerUrl });
    } catch {
      return undefined;
    }
  }
}

function isNotice(text: string): text is PushNotice {
  return (pushNotices as readonly string[]).includes(text);
}
