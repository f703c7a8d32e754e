export { type CertificateAuthority, type CertificatePair, type CertificateRequest, createCertificateAuthority, type IssuedCertificate, openCertificateAuthority } from './certificates/certificate-authority.js';
export { ensureChromium, findChromium } from './servers/chromium.js';
export { containerEngineAnswers } from './servers/container-engine.js';
export { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './servers/embedded-postgres.js';
export { freePort } from './servers/free-port.js';
export { type LocalNats, type LocalNatsOptions, natsServerIsInstalled, startLocalNats } from './servers/local-nats.js';
export { ensureNatsServer, startNats } from './servers/nats.js';
export { reachablePlace } from './servers/postgres-binaries.js';
export { mayReach, postgresUser } from './servers/postgres-user.js';
export { type ProcessGuard, startProcessGuard } from './servers/process-guard.js';
export { type RunningServer, startPostgres } from './servers/postgres.js';
export { createTestDatabase, type TestDatabase } from './servers/test-database.js';
export { type GuideSetting, readGuideSettings, whenAbsent } from './guides/guide-settings.js';
export { migrateDatabase } from './schema/migrations-of.js';
export { migratedSchema } from './schema/migrated-schema.js';
export { InMemoryNotifications } from './in-memory/in-memory-notifications.js';
export { createOtherKey, type OtherKey } from './parties/other-key.js';
export { createTestParty, keysOfParties, signersOfParties, type TestParty } from './parties/test-party.js';
export { startTcpProxy, type TcpProxy } from './servers/tcp-proxy.js';
export { InMemoryNonces } from './in-memory/in-memory-nonces.js';
export { InMemoryStatusRegister } from './in-memory/in-memory-status-register.js';
export {
  createTestParties,
  employeeOf,
  exampleAuthorization,
  examplePresentation,
  exampleResources,
  exampleUser,
  newCredentialId,
  organizationCredentialOf,
  statusListsOf,
  type TestParties,
} from './parties/test-credentials.js';
export { type DeskStores, InMemoryDesk } from './in-memory/in-memory-desk.js';
export { InMemoryCustodian } from './in-memory/in-memory-custodian.js';
export { certificateOf, checkPortsOf, createTestCustodian, documentsOfParties, exampleRequestFacts, heldAuthorization, presentedEmployee, type TestCustodian, validLists } from './parties/test-access.js';
export { type PartnerAnswer, type PartnerRequest, startTestPartner, type TestPartner, type TestPartnerOptions } from './partners/test-partner.js';
export { type SourceResource, type SourceServer, type SourceServerOptions, startSourceServer } from './partners/source-server.js';
