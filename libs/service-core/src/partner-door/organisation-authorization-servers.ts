import { type AuthorizationServer, answerTokenRequest, authorizationServerMetadata, type DpopNonces, partnerPolicies, presentationDefinitionFor, type TokenStores } from '@anw/authorization';
import type { CredentialStatuses } from '@anw/credentials';
import type { CertificateRevocation, DidResolver, Organisation, VerificationKeys } from '@anw/identity';
import { AccessTokenTable, AuditLogTable, Database, DecisionTable, DpopReplayTable, NonceTable, type OrganisationDirectory } from '@anw/persistence';
import { AuthorizationServers, CLOCK, Metrics, type TokenAnswer, type TokenRequest } from '@anw/platform';
import type { Clock, OrganisationName } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomBytes, randomUUID } from 'node:crypto';
import { AccessSettingsSource } from '../access/access-settings-source.js';
import { ORGANISATION_DIRECTORY } from '../identity/identity-tokens.js';
import { AnonymousRefusalsByOrganisation } from './anonymous-refusals-by-organisation.js';
import { countDecisions } from '../metrics/count-decisions.js';
import { CERTIFICATE_REVOCATION, CREDENTIAL_STATUSES, DID_RESOLVER, DPOP_NONCES, OfferedScopes, VERIFICATION_KEYS } from '../tokens.js';

/** The authorization server of each organisation of this service (design D8). */
@Injectable()
export class OrganisationAuthorizationServers extends AuthorizationServers {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(OfferedScopes) private readonly scopes: OfferedScopes,
    @Inject(AccessSettingsSource) private readonly settings: AccessSettingsSource,
    @Inject(DPOP_NONCES) private readonly dpopNonces: DpopNonces,
    @Inject(VERIFICATION_KEYS) private readonly keys: VerificationKeys,
    @Inject(DID_RESOLVER) private readonly documents: DidResolver,
    @Inject(CREDENTIAL_STATUSES) private readonly lists: CredentialStatuses,
    @Inject(CERTIFICATE_REVOCATION) private readonly revocation: CertificateRevocation,
    @Inject(AnonymousRefusalsByOrganisation) private readonly anonymous: AnonymousRefusalsByOrganisation,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {
    super();
  }

  async metadataOf(name: OrganisationName): Promise<Readonly<Record<string, unknown>> | undefined> {
    const organisation = await this.directory.findByName(name);
    if (organisation === undefined) return undefined;
    const settings = await this.settings.settingsOf(organisation);
    return { ...authorizationServerMetadata(organisation, this.scopes.scopesOf(organisation, settings).map(({ name }) => name), settings.organisationEvidence) };
  }

  async presentationDefinitionOf(name: OrganisationName, scope: string): Promise<object | 'invalid-scope' | undefined> {
    const organisation = await this.directory.findByName(name);
    if (organisation === undefined) return undefined;
    const settings = await this.settings.settingsOf(organisation);
    return presentationDefinitionFor(organisation.did, this.scopes.scopesOf(organisation, settings), scope, settings.organisationEvidence) ?? 'invalid-scope';
  }

  async answerTokenRequest(name: OrganisationName, { form, certificate, dpop }: TokenRequest): Promise<TokenAnswer | undefined> {
    const organisation = await this.directory.findByName(name);
    if (organisation === undefined) return undefined;
    const { body, ...answer } = await answerTokenRequest({ parameters: new URLSearchParams(form), certificate, dpop }, await this.serverOf(organisation));
    return { ...answer, body: { ...body } };
  }

  private async serverOf(organisation: Organisation): Promise<AuthorizationServer> {
    const settings = await this.settings.settingsOf(organisation);
    const inTransaction = <T>(work: (stores: TokenStores) => Promise<T>) =>
      countDecisions({ endpoint: 'token', metrics: this.metrics }, (counted) =>
        this.database.withOrganisationAtOnce(organisation.id, (tx) =>
          work({ tokens: new AccessTokenTable(tx), decisions: counted(new DecisionTable(tx)), audit: new AuditLogTable(tx) }),
        ),
      );
    return {
      organisation,
      scopes: this.scopes.scopesOf(organisation, settings),
      keys: this.keys,
      documents: this.documents,
      lists: this.lists,
      nonces: { useNonce: (...nonce) => this.database.withOrganisationAtOnce(organisation.id, (tx) => new NonceTable(tx).useNonce(...nonce)) },
      ...partnerPolicies(settings),
      maxAuthorizationSeconds: settings.maxAuthorizationSeconds,
      certificates: { evidence: settings.organisationEvidence, revocation: this.revocation },
      dpop: {
        replays: { useProof: (...proof) => this.database.withOrganisation(organisation.id, (tx) => new DpopReplayTable(tx).useProof(...proof)) },
        nonces: this.dpopNonces,
        nonceNeeded: settings.dpopNonce,
      },
      anonymous: this.anonymous.of(organisation.id),
      clock: this.clock,
      randomUuid: randomUUID,
      randomBytes,
      transaction: inTransaction,
    };
  }
}
