import type { AccessSettings, OfferedScope } from '@anw/authorization';
import { ANW_ACCESS_SCOPE, ANW_REGISSEUR_SCOPE } from '@anw/credentials';
import type { Organisation } from '@anw/identity';
import { AllowlistTable, Database, PatientSearchTable, StandingTable } from '@anw/persistence';
import { OfferedScopes } from '@anw/service-core';
import { contains } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { CUSTODIAN_CONFIG } from './config.token.js';
import type { CustodianConfig } from './config.js';

/** Patient data for an actor with an authorization; its own rows, searches and pre-checks for a regisseur (design §6). */
@Injectable()
export class CustodianScopes extends OfferedScopes {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CUSTODIAN_CONFIG) private readonly config: CustodianConfig,
  ) {
    super();
  }

  scopesOf({ id }: Organisation, { minimumAssuranceLevel }: AccessSettings): readonly OfferedScope[] {
    return [
      {
        name: ANW_ACCESS_SCOPE,
        minimumAssuranceLevel,
        records: { standingOf: (question) => this.database.withOrganisationAtOnce(id, (tx) => new StandingTable(tx).standingOf(question)) },
        isInCare: (patient) => this.database.withOrganisationAtOnce(id, (tx) => new PatientSearchTable(tx, this.config.patientSearch.key).isInCare(patient)),
      },
      {
        name: ANW_REGISSEUR_SCOPE,
        mayUse: async (client, now) => {
          const rows = await this.database.withOrganisation(id, (tx) => new AllowlistTable(tx).listRowsOf(client));
          return rows.some(({ period }) => contains(period, now));
        },
      },
    ];
  }
}
