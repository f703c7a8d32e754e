export { type CertificateAuthority, type CertificatePair, type CertificateRequest, createCertificateAuthority, openCertificateAuthority } from './certificates/certificate-authority.js';
export { freePort } from './servers/free-port.js';
export { ensureNatsServer, startNats } from './servers/nats.js';
export { type RunningServer, startPostgres } from './servers/postgres.js';
export { createTestDatabase, type TestDatabase } from './servers/test-database.js';
