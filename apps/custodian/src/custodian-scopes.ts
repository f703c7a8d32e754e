import { type AccessSettings, homeAccessAssuranceLevel, homeAccessOf, type OfferedScope, type PatientScope } from '@anw/authorization';
import { ANW_ACCESS_SCOPE, ANW_HOME_ACCESS_SCOPE, ANW_REGISSEUR_SCOPE } from '@anw/credentials';
import type { Organisation } from '@anw/identity';
import { AllowlistTable, Database, PatientSearchTable, StandingTable } from '@anw/persistence';
import { OfferedScopes } from '@anw/service-core';
import { contains } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { CUSTODIAN_CONFIG } from './config.token.js';
import type { CustodianConfig } from './config.js';

/** From the question to the one look; it is asked for when she stands at the door. */
const HOME_ACCESS_TOKEN_SECONDS = 60;

/** Patient data for an actor with an authorization, and how to get in where that names it; its own rows, searches and pre-checks for a regisseur (design §6). */
@Injectable()
export class CustodianScopes extends OfferedScopes {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CUSTODIAN_CONFIG) private readonly config: CustodianConfig,
  ) {
    super();
  }

  scopesOf({ id }: Organisation, settings: AccessSettings): readonly OfferedScope[] {
    const records: Pick<PatientScope, 'records' | 'isInCare'> = {
      records: { standingOf: (question) => this.database.withOrganisationAtOnce(id, (tx) => new StandingTable(tx).standingOf(question)) },
      isInCare: (patient) => this.database.withOrganisationAtOnce(id, (tx) => new PatientSearchTable(tx, this.config.patientSearch.key).isInCare(patient)),
    };
    return [
      { name: ANW_ACCESS_SCOPE, minimumAssuranceLevel: settings.minimumAssuranceLevel, ...records },
      {
        name: ANW_HOME_ACCESS_SCOPE,
        minimumAssuranceLevel: homeAccessAssuranceLevel(settings),
        maxTokenSeconds: HOME_ACCESS_TOKEN_SECONDS,
        needs: (resources) => homeAccessOf(resources) !== undefined,
        ...records,
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
