import type { OfferedScope } from '@anw/authorization';
import { ANW_PRACTITIONERS_SCOPE } from '@anw/credentials';
import type { Organisation } from '@anw/identity';
import { Database, KnownRegisseurTable } from '@anw/persistence';
import { OfferedScopes } from '@anw/service-core';
import { Inject, Injectable } from '@nestjs/common';

/** The one scope of an actor: a regisseur that it works for may hear who is on duty. */
@Injectable()
export class ActorScopes extends OfferedScopes {
  constructor(@Inject(Database) private readonly database: Database) {
    super();
  }

  scopesOf({ id }: Organisation): readonly OfferedScope[] {
    return [{ name: ANW_PRACTITIONERS_SCOPE, mayUse: (client) => this.database.withOrganisation(id, (tx) => new KnownRegisseurTable(tx).isKnown(client)) }];
  }
}
