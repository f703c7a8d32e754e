export type { AccessFacts, AccessToken, AccessTokenStore, OrganisationFacts, RevocationStore } from './access-token.js';
export type { AllowlistRow, AllowlistStore, IssuedDelegation } from './allowlist.js';
export type { DecisionRecord, DecisionStore } from './decision-record.js';
export { GrantedResource, type Operation, operations } from './granted-resource.js';
export type { CheckNumber, Decision, DenialReason, Fact, Verdict } from './verdict.js';
