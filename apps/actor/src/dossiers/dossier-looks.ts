import { type DossierLook, nextLook } from '@anw/fhir';
import { Database } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import type { Clock } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { actorStores } from '../actor-stores.js';
import type { VisitErrand } from '../visits/visits.js';

/** When a nurse looked into the dossier of a visit, to mark what changed since. Instants alone are kept, and go with the visit. */
@Injectable()
export class DossierLooks {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The look that begins now. It counts once it is remembered. */
  async begin({ organisation, visit, user }: VisitErrand): Promise<DossierLook> {
    const previous = await this.database.withOrganisation(organisation.id, (tx) => actorStores(tx).looks.findLook(visit.id, user.identifier));
    return nextLook(previous, this.clock());
  }

  /** She saw the dossier; of an authorization that ended meanwhile nothing is kept. */
  async remember({ organisation, visit, authorization: { credential }, user }: VisitErrand, look: DossierLook): Promise<void> {
    await this.database.withOrganisation(organisation.id, async (tx) => {
      const { received, looks } = actorStores(tx);
      if (await received.holdReceived(credential.id)) await looks.saveLook(visit.id, user.identifier, look);
    });
  }
}
