export { createKeyEncryption, type KeyEncryption, KeyEncryptionError, type KeyEncryptionFailure, KeyEncryptionKey } from './key-encryption.js';
export type { KeyVault, OpenKeyVault } from './key-vault.js';
export { createOrganisationIdentities, type ManagedOrganisationIdentities, type OrganisationIdentitiesConfig } from './organisation-identities.js';
