import type { CredentialStatuses } from '@anw/credentials';
import type { OrganisationIdentities, VerificationKeys } from '@anw/identity';
import { type NotificationEffects, UnacceptableNotificationError } from '@anw/notifications';
import type { OrganisationDirectory, Transaction } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import { CREDENTIAL_STATUSES, NotificationHandling, ORGANISATION_DIRECTORY, ORGANISATION_IDENTITIES, VERIFICATION_KEYS } from '@anw/service-core';
import { type Clock, fragmentOf } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { authorizationOffered } from './authorization-offered.js';
import { authorizationRevoked } from './authorization-revoked.js';
import { actorStores, type ActorStores } from '../actor-stores.js';
import { CustodianDoor } from '../custodians/custodian-door.js';
import { RegisseurDoor } from '../regisseurs/regisseur-door.js';

/** What an actor hears from regisseurs: authorizations offered and revoked. */
@Injectable()
export class ActorNotifications extends NotificationHandling<ActorStores> {
  readonly effects: NotificationEffects<ActorStores>;

  constructor(
    @Inject(ORGANISATION_DIRECTORY) organisations: OrganisationDirectory,
    @Inject(ORGANISATION_IDENTITIES) signers: OrganisationIdentities,
    @Inject(VERIFICATION_KEYS) keys: VerificationKeys,
    @Inject(CREDENTIAL_STATUSES) statuses: CredentialStatuses,
    @Inject(RegisseurDoor) regisseurs: RegisseurDoor,
    @Inject(CustodianDoor) custodians: CustodianDoor,
    @Inject(CLOCK) clock: Clock,
  ) {
    super();
    this.effects = {
      'nl.anw.authorization.offered.v1': authorizationOffered({
        organisations,
        signers,
        keys,
        statuses,
        clock,
        fetchDelivery: async (href, regisseur, actor) => {
          const organisation = await organisations.findByDid(actor);
          if (organisation === undefined) throw new UnacceptableNotificationError('unacceptable');
          return regisseurs.fetchDelivery(href, regisseur, organisation);
        },
      }),
      'nl.anw.authorization.revoked.v1': authorizationRevoked({ clock, forget: (authorization) => custodians.forget(fragmentOf(authorization)) }),
    };
  }

  stores(tx: Transaction): ActorStores {
    return actorStores(tx);
  }
}
