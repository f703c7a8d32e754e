import { createDpopNonces } from '@anw/authorization';
import { createCredentialStatuses } from '@anw/credentials';
import { type CertificateRevocation, createClientCertificates, createDidWebResolver, createVerificationKeys, type DidResolver, type VerificationKeys } from '@anw/identity';
import { JetStreamChannel, JetStreamConnection, JetStreamTransport } from '@anw/jetstream';
import { HttpsChannel, type NotificationChannel, OutboxRelay } from '@anw/notifications';
import { createDocumentFetch, createOutbound, type Outbound, type OutboundFetch } from '@anw/outbound';
import { createOrganisationDirectory, Database, type DatabaseConfig, RelayTables, SignalListener } from '@anw/persistence';
import { AuthorizationServers, CLIENT_CERTIFICATES, CLOCK, DidDocuments, EdgeRefusals, FrameAncestors, KeyAdministration, Metrics, NoFrameAncestors, NotificationReceiver, OrganisationAdministration, ParkedMessages, ServiceLogger, StaffOrganisations, StaffSessions, StatusLists } from '@anw/platform';
import type { Clock } from '@anw/values';
import { createKeyEncryption, createOrganisationIdentities, createOrganisationSealing, type KeyEncryption, KeyEncryptionKey } from '@anw/veramo';
import type { DynamicModule, InjectionToken, Provider } from '@nestjs/common';
import { AccessSettingsSource, DefaultAccessSettings } from './access/access-settings-source.js';
import { dpopNonceKey } from './access/dpop-nonce-key.js';
import { createStatusListFetch } from './fetch-status-list.js';
import { Housekeeping } from './housekeeping/housekeeping.js';
import { ORGANISATION_DIRECTORY, ORGANISATION_IDENTITIES, ORGANISATION_SEALING } from './identity/identity-tokens.js';
import { LogKeeper } from './log/log-keeper.js';
import { NoPatientNames, PatientNames } from './log/patient-names.js';
import { LogReader } from './log/log-reader.js';
import { LogVerifier } from './log/log-verifier.js';
import { OutboxGauge } from './metrics/outbox-gauge.js';
import { PartnerGauge } from './metrics/partner-gauge.js';
import { PartnerStates } from './partners/partner-states.js';
import { BusNotificationsController, NotificationReception } from './notifications/notification-reception.js';
import { KeyKeeping } from './operator-door/key-keeping.js';
import { KeySuccession, NothingToSignAnew } from './operator-door/key-succession.js';
import { OrganisationRegistration } from './operator-door/organisation-registration.js';
import { StoredParkedMessages } from './operator-door/stored-parked-messages.js';
import { AnonymousRefusalsByOrganisation } from './partner-door/anonymous-refusals-by-organisation.js';
import { KeptEdgeRefusals } from './partner-door/kept-edge-refusals.js';
import { OrganisationAuthorizationServers } from './partner-door/organisation-authorization-servers.js';
import { OrganisationDidDocuments } from './partner-door/organisation-did-documents.js';
import { OrganisationStatusLists } from './partner-door/organisation-status-lists.js';
import { PartnerAccess } from './partner-door/partner-access.js';
import { PARTNER_URL } from './partner-door/partner-url.js';
import { CertificateRevocations } from './partners/certificate-revocations.js';
import { PartnerTokens } from './partners/partner-tokens.js';
import type { ServiceConfig } from './service-config.js';
import { ServiceLifecycle } from './service-lifecycle.js';
import { OwnStaffOrganisations } from './staff-door/own-staff-organisations.js';
import { StoredStaffSessions } from './staff-door/stored-staff-sessions.js';
import { AUDIT_SETTINGS, CERTIFICATE_REVOCATION, CREDENTIAL_STATUSES, DID_RESOLVER, DPOP_NONCES, KEY_ENCRYPTION, OUTBOUND, OUTBOUND_FETCH, VERIFICATION_KEYS } from './tokens.js';

export interface ServiceCoreOptions {
  /** `regisseur`, `custodian` or `actor`. */
  readonly name: string;
  readonly config: ServiceConfig;
  readonly migrations: DatabaseConfig['migrations'];
  readonly entities: DatabaseConfig['entities'];
  readonly servesFhir: boolean;
  /** What this service adds: `OfferedScopes`, `NotificationHandling`, and its own use cases. */
  readonly providers: readonly Provider[];
}

/** Largest answer we take from a partner, in bytes: a page of a hundred resources fits. */
const MAX_RESPONSE_BYTES = 8 * 1024 * 1024;
const DID_CACHE = { maxEntries: 2_000, maxAgeSeconds: 300 } as const;

/** What regisseur, custodian and actor have in common behind their doors. */
export class ServiceCoreModule {
  static register(options: ServiceCoreOptions): DynamicModule {
    return {
      module: ServiceCoreModule,
      controllers: [BusNotificationsController],
      providers: [...storage(options), ...partners(options), ...identity(options), ...notifications(options), ...log(options), ...bindings, Housekeeping, ServiceLifecycle, ...options.providers],
    };
  }
}

/** Token of the transport that brings notifications; without a bus it brings none. */
export const serviceTransport: InjectionToken<JetStreamTransport> = JetStreamTransport;

/** The providers of this module that doors may inject. */
export const serviceCoreTokens: readonly InjectionToken[] = [
  Database,
  SignalListener,
  OutboxRelay,
  PARTNER_URL,
  OUTBOUND_FETCH,
  PartnerStates,
  DID_RESOLVER,
  VERIFICATION_KEYS,
  CREDENTIAL_STATUSES,
  ORGANISATION_DIRECTORY,
  ORGANISATION_IDENTITIES,
  ORGANISATION_SEALING,
  AUDIT_SETTINGS,
  LogReader,
  LogVerifier,
  DPOP_NONCES,
  AccessSettingsSource,
  PartnerAccess,
  AnonymousRefusalsByOrganisation,
  EdgeRefusals,
  DidDocuments,
  StatusLists,
  AuthorizationServers,
  NotificationReceiver,
  OrganisationAdministration,
  KeyAdministration,
  ParkedMessages,
  StaffSessions,
  StaffOrganisations,
];

const bindings: readonly Provider[] = [
  { provide: AccessSettingsSource, useClass: DefaultAccessSettings },
  PartnerAccess,
  AnonymousRefusalsByOrganisation,
  PartnerTokens,
  NotificationReception,
  OutboxGauge,
  PartnerGauge,
  PartnerStates,
  { provide: NotificationReceiver, useExisting: NotificationReception },
  { provide: EdgeRefusals, useClass: KeptEdgeRefusals },
  { provide: DidDocuments, useClass: OrganisationDidDocuments },
  { provide: StatusLists, useClass: OrganisationStatusLists },
  { provide: AuthorizationServers, useClass: OrganisationAuthorizationServers },
  { provide: OrganisationAdministration, useClass: OrganisationRegistration },
  { provide: KeyAdministration, useClass: KeyKeeping },
  { provide: KeySuccession, useClass: NothingToSignAnew },
  { provide: ParkedMessages, useClass: StoredParkedMessages },
  { provide: StaffSessions, useClass: StoredStaffSessions },
  { provide: PatientNames, useClass: NoPatientNames },
  { provide: FrameAncestors, useClass: NoFrameAncestors },
  { provide: StaffOrganisations, useClass: OwnStaffOrganisations },
];

function storage({ name, config, migrations, entities }: ServiceCoreOptions): readonly Provider[] {
  const { url, ownerUrl, poolSize } = config.database;
  return [
    { provide: Database, useFactory: () => new Database({ url, ownerUrl, poolSize, applicationName: name, migrations, entities }) },
    { provide: SignalListener, useFactory: () => new SignalListener(url) },
  ];
}

function partners({ config }: ServiceCoreOptions): readonly Provider[] {
  return [
    {
      provide: OUTBOUND,
      inject: [Metrics],
      useFactory: (metrics: Metrics) =>
        createOutbound({
          ca: config.partnerTls.trust,
          clientCertificate: { certificatePem: config.partnerTls.certificate, privateKeyPem: config.partnerTls.privateKey },
          allowedInternalHosts: config.outbound.internalHosts,
          requireTls: true,
          timeoutMilliseconds: config.outbound.timeoutMilliseconds,
          maxResponseBytes: MAX_RESPONSE_BYTES,
          onOutcome: (outcome) => metrics.countPartnerRequest(outcome),
        }),
    },
    { provide: OUTBOUND_FETCH, inject: [OUTBOUND], useFactory: ({ fetch }: Outbound) => fetch },
    { provide: CERTIFICATE_REVOCATION, inject: [CLOCK], useFactory: (clock: Clock) => new CertificateRevocations({ clock, ...config.outbound, listHours: config.partnerTls.revocationListHours }) },
    {
      provide: CLIENT_CERTIFICATES,
      inject: [CERTIFICATE_REVOCATION, CLOCK],
      useFactory: (revocation: CertificateRevocation, clock: Clock) => createClientCertificates({ authorities: config.partnerTls.clientTrust, revocationMode: config.partnerTls.revocationMode, revocation, clock }),
    },
    { provide: PARTNER_URL, useValue: config.doors.partner.url },
    {
      provide: DID_RESOLVER,
      inject: [OUTBOUND_FETCH, CLOCK],
      useFactory: (fetch: OutboundFetch, clock: Clock) => createDidWebResolver({ fetchDocument: createDocumentFetch(fetch), clock, ...DID_CACHE }),
    },
    { provide: VERIFICATION_KEYS, inject: [DID_RESOLVER], useFactory: (resolver: DidResolver) => createVerificationKeys(resolver) },
    {
      provide: CREDENTIAL_STATUSES,
      inject: [OUTBOUND_FETCH, VERIFICATION_KEYS, CLOCK],
      useFactory: (fetch: OutboundFetch, keys: VerificationKeys, clock: Clock) => createCredentialStatuses({ fetchList: createStatusListFetch(fetch), keys, clock }),
    },
  ];
}

function identity({ config, servesFhir }: ServiceCoreOptions): readonly Provider[] {
  const { encryptionKey, previousEncryptionKey } = config.keys;
  return [
    { provide: KEY_ENCRYPTION, useFactory: () => createKeyEncryption(asKeyEncryptionKey(encryptionKey), previousEncryptionKey && [asKeyEncryptionKey(previousEncryptionKey)]) },
    {
      provide: DPOP_NONCES,
      inject: [CLOCK],
      useFactory: (clock: Clock) => createDpopNonces({ key: dpopNonceKey(config.keys.encryptionKey), clock }),
    },
    { provide: ORGANISATION_DIRECTORY, inject: [Database], useFactory: (database: Database) => createOrganisationDirectory(database) },
    { provide: ORGANISATION_SEALING, useValue: createOrganisationSealing({ current: encryptionKey, previous: previousEncryptionKey }) },
    {
      provide: ORGANISATION_IDENTITIES,
      inject: [Database, CLOCK, KEY_ENCRYPTION],
      useFactory: (database: Database, clock: Clock, encryption: KeyEncryption) => createOrganisationIdentities({ database, clock, encryption, partnerUrl: config.doors.partner.url, servesFhir }),
    },
  ];
}

function asKeyEncryptionKey(key: Uint8Array): KeyEncryptionKey {
  return KeyEncryptionKey.parse(Buffer.from(key).toString('base64'));
}

function notifications({ name, config: { bus } }: ServiceCoreOptions): readonly Provider[] {
  const connection = bus.url === undefined ? undefined : new JetStreamConnection({ url: bus.url, name });
  return [
    { provide: JetStreamTransport, useFactory: () => new JetStreamTransport(connection) },
    {
      provide: OutboxRelay,
      inject: [Database, OUTBOUND_FETCH, DID_RESOLVER, CLOCK, ServiceLogger],
      useFactory: (database: Database, fetch: OutboundFetch, resolver: DidResolver, clock: Clock, logger: ServiceLogger) => {
        const https = new HttpsChannel({ fetch: fetch as never, resolver });
        const channels: readonly NotificationChannel[] = connection === undefined ? [https] : [new JetStreamChannel(connection), https];
        return new OutboxRelay({ store: new RelayTables(database), channels, clock, random: Math.random, onError: (error) => logger.unexpected(error) });
      },
    },
  ];
}

function log({ config }: ServiceCoreOptions): readonly Provider[] {
  return [{ provide: AUDIT_SETTINGS, useValue: config.audit }, LogKeeper, LogReader, LogVerifier];
}
