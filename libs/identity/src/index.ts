export { type AnwServiceType, DidDocument, DidService, PublicKeyJwk, serviceEndpoint, VerificationMethod } from './did-document.js';
export { DidResolutionError, type DidResolutionFailure, type DidResolver } from './did-resolver.js';
export type { Organisation, OrganisationStore } from './organisation.js';
export type { ClientCertificate } from './requesting-system.js';
export type { Signer, Signers, VerificationKeys } from './signing-key.js';
export { type AssuranceLevel, assuranceLevels, meetsAssuranceLevel, type User } from './user.js';
