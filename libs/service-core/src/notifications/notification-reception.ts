import type { Signers, VerificationKeys } from '@anw/identity';
import { NOTIFICATION_PATTERN, type BusNotification } from '@anw/jetstream';
import { type IncomingNotification, OutboxRelay, receiveNotification, type ReceiveResult, type Recipient } from '@anw/notifications';
import { Database, type OrganisationDirectory } from '@anw/persistence';
import { CLOCK, NotificationReceiver } from '@anw/platform';
import type { Clock, OrganisationName } from '@anw/values';
import { Controller, Inject, Injectable } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { ORGANISATION_DIRECTORY, ORGANISATION_IDENTITIES } from '../identity/identity-tokens.js';

import { NotificationHandling, VERIFICATION_KEYS } from '../tokens.js';

/** Takes in notifications from either channel, the same way (design D12). */
@Injectable()
export class NotificationReception extends NotificationReceiver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(VERIFICATION_KEYS) private readonly keys: VerificationKeys,
    @Inject(ORGANISATION_IDENTITIES) private readonly signers: Signers,
    @Inject(NotificationHandling) private readonly handling: NotificationHandling,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  async receive(name: OrganisationName, jws: string): Promise<Pick<ReceiveResult, 'kind'> | undefined> {
    const organisation = await this.directory.findByName(name);
    return organisation && this.receiveFor(organisation, { jws, channel: 'https' });
  }

  receiveFor(recipient: Recipient, incoming: IncomingNotification): Promise<ReceiveResult> {
    return receiveNotification(recipient, incoming, {
      keys: this.keys,
      signers: this.signers,
      clock: this.clock,
      effects: this.handling.effects,
      transaction: (organisation, work) => this.database.withOrganisation(organisation, (tx) => work(this.handling.stores(tx))),
      committed: () => this.relay.kick(),
    });
  }
}

/** Notifications that the bus brings. */
@Controller()
export class BusNotificationsController {
  constructor(@Inject(NotificationReception) private readonly reception: NotificationReception) {}

  @EventPattern(NOTIFICATION_PATTERN)
  handle(@Payload() { recipient, ...incoming }: BusNotification): Promise<ReceiveResult> {
    return this.reception.receiveFor(recipient, incoming);
  }
}
