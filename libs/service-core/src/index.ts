export { serviceConnectSteps } from './connect-steps.js';
export { ORGANISATION_DIRECTORY, ORGANISATION_IDENTITIES } from './identity/identity-tokens.js';
export { type AdmittedPartner, PartnerAccess, type PartnerRequest } from './partner-door/partner-access.js';
export { PARTNER_URL } from './partner-door/partner-url.js';
export type { ServiceConfig } from './service-config.js';
export { ServiceCoreModule, type ServiceCoreOptions, serviceCoreTokens, serviceTransport } from './service-core.module.js';
export { createServiceCoreTables, serviceCoreEntities } from './service-core-tables.js';
export { CREDENTIAL_STATUSES, DID_RESOLVER, NotificationHandling, OfferedScopes, OUTBOUND_FETCH, VERIFICATION_KEYS } from './tokens.js';
