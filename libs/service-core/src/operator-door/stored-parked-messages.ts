import type { ParkedMessage } from '@anw/notifications';
import { Database, listParkedEverywhere } from '@anw/persistence';
import { ParkedMessages } from '@anw/platform';
import type { OrganisationId } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';

/** Parked notifications of all organisations of this service. */
@Injectable()
export class StoredParkedMessages extends ParkedMessages {
  constructor(@Inject(Database) private readonly database: Database) {
    super();
  }

  list(limit: number): Promise<readonly (ParkedMessage & { readonly organisation: OrganisationId })[]> {
    return this.database.acrossOrganisations((tx) => listParkedEverywhere(tx, limit));
  }
}
