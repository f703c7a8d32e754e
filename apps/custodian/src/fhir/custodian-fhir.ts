import type { AccessSettings, DpopNonces } from '@anw/authorization';
import { answerFhirRequest, createSearchCursors, type EnrichmentJournal, type FhirAnswer, type FhirServer, type FhirSource, type FhirStores, type IncomingFhirRequest, type SearchCursors } from '@anw/fhir';
import type { CredentialStatuses } from '@anw/credentials';
import type { Organisation, Signer, Signers } from '@anw/identity';
import { AccessTokenTable, AuditLogTable, Database, DecisionTable, DpopReplayTable, EnrichmentTable, FhirResourceTable, GivenResourcesTable, type OrganisationDirectory, OutboxTable, PatientSearchTable, type Transaction } from '@anw/persistence';
import { CLOCK, Metrics } from '@anw/platform';
import { AccessSettingsSource, AnonymousRefusalsByOrganisation, countDecisions, CREDENTIAL_STATUSES, DPOP_NONCES, findOrganisation, ORGANISATION_DIRECTORY, ORGANISATION_IDENTITIES, PARTNER_URL, softwareVersion } from '@anw/service-core';
import type { Clock } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomBytes, randomUUID } from 'node:crypto';
import { CUSTODIAN_CONFIG } from '../config.token.js';
import type { CustodianConfig } from '../config.js';
import { AnnouncingJournal } from '../enriched/announcing-journal.js';
import { CustodianSources } from '../sources/custodian-sources.js';
import { HomeAccessKeeping } from '../home-access/home-access-keeping.js';

/** What one request needs of its organisation. */
interface RequestParts {
  /** Where the record lies, when not here. */
  readonly elsewhere: FhirSource | undefined;
  readonly announcer: Signer | undefined;
}

/** The FHIR endpoint of each organisation of this service. */
@Injectable()
export class CustodianFhir {
  private readonly cursors: SearchCursors;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(CREDENTIAL_STATUSES) private readonly lists: CredentialStatuses,
    @Inject(AccessSettingsSource) private readonly settings: AccessSettingsSource,
    @Inject(CustodianSources) private readonly sources: CustodianSources,
    @Inject(DPOP_NONCES) private readonly nonces: DpopNonces,
    @Inject(AnonymousRefusalsByOrganisation) private readonly anonymous: AnonymousRefusalsByOrganisation,
    @Inject(PARTNER_URL) private readonly door: string,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CUSTODIAN_CONFIG) private readonly config: CustodianConfig,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(HomeAccessKeeping) private readonly homeAccess: HomeAccessKeeping,
    @Inject(ORGANISATION_IDENTITIES) private readonly signers: Signers,
  ) {
    this.cursors = createSearchCursors(config.patientSearch.key, randomBytes);
  }

  /** Undefined when there is no such organisation. */
  async answer(org: string, request: IncomingFhirRequest): Promise<FhirAnswer | undefined> {
    const organisation = await findOrganisation(this.directory, org);
    if (organisation === undefined) return undefined;
    const [settings, elsewhere, announcer] = await Promise.all([this.settings.settingsOf(organisation), this.sources.sourceOf(organisation), this.announcerOf(organisation, request)]);
    return answerFhirRequest(request, this.serverOf(organisation, settings, { elsewhere, announcer }));
  }

  /** Who signs the word that something was written. Found before the transaction, for finding it may take a connection of its own. */
  private async announcerOf({ did }: Organisation, { method }: IncomingFhirRequest): Promise<Signer | undefined> {
    return method === 'POST' ? this.signers.signerFor(did) : undefined;
  }

  private serverOf(organisation: Organisation, { maxAuthorizationSeconds, dpopNonce }: AccessSettings, { elsewhere, announcer }: RequestParts): FhirServer {
    const inTransaction = <T>(work: (tx: Transaction, stores: FhirStores) => Promise<T>) => this.inTransaction(organisation, announcer, work);
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
      transaction: (work) => inTransaction((_tx, stores) => work(stores)),
      withSource: async (ask, settle) => {
        if (elsewhere === undefined) return inTransaction(async (tx, stores) => settle(await ask(this.ownStore(tx)), stores));
        const asked = await ask(elsewhere);
        return inTransaction((_tx, stores) => settle(asked, stores));
      },
    };
  }

  private inTransaction<T>({ id }: Organisation, announcer: Signer | undefined, work: (tx: Transaction, stores: FhirStores) => Promise<T>): Promise<T> {
    return countDecisions({ endpoint: 'fhir', metrics: this.metrics }, (counted) =>
      this.database.withOrganisation(id, (tx) => {
        const stores = this.storesOver(tx, announcer);
        return work(tx, { ...stores, decisions: counted(stores.decisions) });
      }),
    );
  }

  private ownStore(tx: Transaction): FhirSource {
    return new FhirResourceTable(tx, { clock: this.clock, newId: randomUUID });
  }

  private journalOver(tx: Transaction, announcer: Signer | undefined): EnrichmentJournal {
    const journal = new EnrichmentTable(tx);
    return announcer === undefined ? journal : new AnnouncingJournal({ journal, outbox: new OutboxTable(tx), signer: announcer, clock: this.clock, hasBus: this.config.bus.url !== undefined });
  }

  private storesOver(tx: Transaction, announcer: Signer | undefined): FhirStores {
    const tokens = new AccessTokenTable(tx);
    const patients = new PatientSearchTable(tx, this.config.patientSearch.key);
    return {
      findToken: (hash, at) => tokens.findStandingToken(hash, at),
      spendToken: (hash) => tokens.spendToken(hash),
      isInCare: (patient) => patients.isInCare(patient),
      replays: new DpopReplayTable(tx),
      decisions: new DecisionTable(tx),
      homeAccess: this.homeAccess.over(tx),
      enrichments: this.journalOver(tx, announcer),
      audit: new AuditLogTable(tx),
      findGiven: (about) => new GivenResourcesTable(tx).findGiven(about),
    };
  }
}
