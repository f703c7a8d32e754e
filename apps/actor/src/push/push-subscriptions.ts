import type { PushSubscriptionInput } from '@anw/api-contracts';
import type { Session, StaffUser } from '@anw/identity';
import { isPushEndpoint } from '@anw/notifications';
import { Database, PushSubscriptionTable, savePushSubscription } from '@anw/persistence';
import { ProblemError } from '@anw/platform';
import { ORGANISATION_SEALING } from '@anw/service-core';
import type { OrganisationSealing } from '@anw/veramo';
import { Inject, Injectable } from '@nestjs/common';
import { PUSH_SETTINGS, type PushSettings } from './push-settings.js';
import { hashEndpoint, sealEndpoint } from './stored-endpoint.js';

const UNKNOWN_SERVICE = 'Meldingen van deze browser komen niet door. Gebruik een andere browser, of vraag uw applicatiebeheerder om hulp.';

/** The browsers of nurses that hear of what changes on their route: until she logs out or ends her shift, and no longer than a login lasts. */
@Injectable()
export class PushSubscriptions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_SEALING) private readonly sealing: OrganisationSealing,
    @Inject(PUSH_SETTINGS) private readonly settings: PushSettings,
  ) {}

  /** Once more is once. @throws ProblemError `not-acceptable` when the browser names a service that is not known here */
  async subscribe({ hash, user, expiresAt }: Session, subscription: PushSubscriptionInput): Promise<void> {
    if (!isPushEndpoint(subscription.endpoint, this.settings.services)) throw new ProblemError('not-acceptable', { detail: UNKNOWN_SERVICE });
    const stored = {
      organisation: user.organisationId,
      endpointHash: hashEndpoint(subscription.endpoint),
      practitioner: user.identifier,
      sessionHash: hash,
      expiresAt,
      ...sealEndpoint(subscription, this.sealing(user.organisationId)),
    };
    await this.database.acrossOrganisations((tx) => savePushSubscription(tx, stored));
  }

  /** Only what is hers. */
  async unsubscribe({ organisationId, identifier }: StaffUser, endpoint: string): Promise<void> {
    const hash = hashEndpoint(endpoint);
    await this.database.withOrganisation(organisationId, async (tx) => {
      const table = new PushSubscriptionTable(tx);
      if (await table.has(hash, identifier)) await table.forget(hash);
    });
  }
}
