import type { AccessSettings, DpopNonces } from '@anw/authorization';
import { answerFhirRequest, createSearchCursors, type FhirAnswer, type FhirServer, type FhirStores, type IncomingFhirRequest, type SearchCursors } from '@anw/fhir';
import type { CredentialStatuses } from '@anw/credentials';
import type { Organisation } from '@anw/identity';
import { AccessTokenTable, AuditLogTable, Database, DecisionTable, DpopReplayTable, FhirResourceTable, type OrganisationDirectory, PatientSearchTable, type Transaction } from '@anw/persistence';
import { CLOCK, Metrics } from '@anw/platform';
import { AccessSettingsSource, AnonymousRefusalsByOrganisation, countDecisions, CREDENTIAL_STATUSES, DPOP_NONCES, findOrganisation, ORGANISATION_DIRECTORY, PARTNER_URL, softwareVersion } from '@anw/service-core';
import type { Clock } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomBytes, randomUUID } from 'node:crypto';
import { CUSTODIAN_CONFIG } from '../config.token.js';
import type { CustodianConfig } from '../config.js';

/** The FHIR endpoint of each organisation of this service. */
@Injectable()
export class CustodianFhir {
  private readonly cursors: SearchCursors;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(CREDENTIAL_STATUSES) private readonly lists: CredentialStatuses,
    @Inject(AccessSettingsSource) private readonly settings: AccessSettingsSource,
    @Inject(DPOP_NONCES) private readonly nonces: DpopNonces,
    @Inject(AnonymousRefusalsByOrganisation) private readonly anonymous: AnonymousRefusalsByOrganisation,
    @Inject(PARTNER_URL) private readonly door: string,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CUSTODIAN_CONFIG) private readonly config: CustodianConfig,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {
    this.cursors = createSearchCursors(config.patientSearch.key, randomBytes);
  }

  /** Undefined when there is no such organisation. */
  async answer(org: string, request: IncomingFhirRequest): Promise<FhirAnswer | undefined> {
    const organisation = await findOrganisation(this.directory, org);
    return organisation && answerFhirRequest(request, this.serverOf(organisation, await this.settings.settingsOf(organisation)));
  }

  private serverOf(organisation: Organisation, { maxAuthorizationSeconds, dpopNonce }: AccessSettings): FhirServer {
    return {
      organisation,
      base: `${this.door}/fhir/${organisation.name}`,
      softwareVersion,
      lists: this.lists,
      maxAuthorizationSeconds,
      dpop: { nonces: this.nonces, nonceNeeded: dpopNonce },
      anonymous: this.anonymous.of(organisation.id),
      cursors: this.cursors,
      clock: this.clock,
      randomUuid: randomUUID,
      transaction: (work) =>
        countDecisions({ endpoint: 'fhir', metrics: this.metrics }, (counted) =>
          this.database.withOrganisation(organisation.id, (tx) => {
            const stores = this.storesOver(tx);
            return work({ ...stores, decisions: counted(stores.decisions) });
          }),
        ),
    };
  }

  private storesOver(tx: Transaction): FhirStores {
    const tokens = new AccessTokenTable(tx);
    const patients = new PatientSearchTable(tx, this.config.patientSearch.key);
    return {
      findToken: (hash, at) => tokens.findStandingToken(hash, at),
      isInCare: (patient) => patients.isInCare(patient),
      replays: new DpopReplayTable(tx),
      source: new FhirResourceTable(tx, { clock: this.clock, newId: randomUUID }),
      decisions: new DecisionTable(tx),
      audit: new AuditLogTable(tx),
    };
  }
}
