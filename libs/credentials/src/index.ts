export { CredentialError, type CredentialFailure, type CredentialType, type ParsedCredential, type StatusEntry } from './credential.js';
export type { NonceStore, ParsedPresentation } from './presentation.js';
export type { CredentialStatuses, StatusVerdict } from './status/status-verdict.js';
