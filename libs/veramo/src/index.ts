export { createDraftKeys, type DraftKey, type DraftKeys, DraftUnreadableError } from './draft-keys.js';
export { createKeyEncryption, type KeyEncryption, KeyEncryptionError, type KeyEncryptionFailure, KeyEncryptionKey } from './key-encryption.js';
export type { KeyVault, OpenKeyVault } from './key-vault.js';
export { createOrganisationSealing, type OrganisationSealing, type SealingKeys } from './organisation-sealing.js';
export { createOrganisationIdentities, type ManagedOrganisationIdentities, type OrganisationIdentitiesConfig } from './organisation-identities.js';
