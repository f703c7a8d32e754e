import type { OfferedScope } from '@anw/authorization';
import { ANW_AUTHORIZATION_SCOPE } from '@anw/credentials';
import type { Organisation } from '@anw/identity';
import { AuthorizationTable, Database } from '@anw/persistence';
import { OfferedScopes } from '@anw/service-core';
import { Inject, Injectable } from '@nestjs/common';

/** An offer is repeated for a day: who comes late, or after a revocation, may still hear that it is over. */
const LATE_MILLISECONDS = 24 * 3600 * 1000;

/** The one scope of a regisseur: an actor that comes for its authorizations. */
@Injectable()
export class RegisseurScopes extends OfferedScopes {
  constructor(@Inject(Database) private readonly database: Database) {
    super();
  }

  scopesOf({ id }: Organisation): readonly OfferedScope[] {
    return [
      {
        name: ANW_AUTHORIZATION_SCOPE,
        mayUse: (client, now) => this.database.withOrganisation(id, (tx) => new AuthorizationTable(tx).hasAuthorizationSince(client, new Date(now.getTime() - LATE_MILLISECONDS))),
      },
    ];
  }
}
