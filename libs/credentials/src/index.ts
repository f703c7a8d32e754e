export { contexts } from './contexts.js';
export { CredentialError, type CredentialFailure, type CredentialType, type ParsedCredential, type StatusEntry, type VerifiedCredential } from './credential.js';
export { signAnew } from './sign-anew.js';
export { BACKDATE_SECONDS, type CredentialToIssue, issueCredential } from './issue-credential.js';
export { prepareLinkedData } from './linked-data/canonicalize.js';
export { parseCredential } from './parse-credential.js';
export { createPresentation, type PresentationToCreate } from './presentation/create-presentation.js';
export { parseAssertion } from './presentation/parse-assertion.js';
export { MAX_PRESENTED_CREDENTIALS, parsePresentation } from './presentation/parse-presentation.js';
export type { NonceStore, ParsedAssertion, ParsedPresentation, VerifiedPresentation } from './presentation/presentation.js';
export { MAX_PRESENTATION_SECONDS, type PresentationVerification, verifyAssertion, verifyPresentation } from './presentation/verify-presentation.js';
export { ANW_ACCESS_SCOPE, ANW_AUTHORIZATION_SCOPE, ANW_HOME_ACCESS_SCOPE, ANW_PRACTITIONERS_SCOPE, ANW_REGISSEUR_SCOPE, anwDefinition, type AnwScope, isPatientScope, type OrganisationEvidence, parseAnwScope, type PatientScopeName } from './presentation-exchange/anw-definitions.js';
export { createSubmission, type IncompleteSubmission, type SubmissionPlan } from './presentation-exchange/create-submission.js';
export { type DefinitionMatch, type DescriptorMatch, matchDefinition } from './presentation-exchange/match-definition.js';
export { parsePresentationDefinition, type PresentationDefinition } from './presentation-exchange/presentation-definition.js';
export { parsePresentationSubmission, type PresentationSubmission } from './presentation-exchange/presentation-submission.js';
export { type VerifiedSubmission, verifySubmission } from './presentation-exchange/verify-submission.js';
export { createBitstring, decodeBitstring, encodeBitstring, isBitSet, STATUS_LIST_BITS } from './status/bitstring.js';
export { createStatusEntries, parseStatusEntries, type StatusListBase, type StatusListForm, statusListUrl, type StatusPosition } from './status/status-entry.js';
export { issueStatusList, STATUS_LIST_SECONDS, type StatusList, type StatusListToIssue, type StatusListVerification, verifyStatusList } from './status/status-list-credential.js';
export type { StatusRegister } from './status/status-register.js';
export { createCredentialStatuses, type FetchStatusList, type KeptCredentialStatuses, MAX_STATUS_AGE_SECONDS, type StatusResolverOptions } from './status/status-resolver.js';
export type { CredentialStatuses, StatusVerdict } from './status/status-verdict.js';
export {
  type AuthorizationCredential,
  type AuthorizationTerms,
  type AuthorizationToIssue,
  createAuthorizationClaims,
  issueAuthorizationCredential,
  MAX_AUTHORIZATION_SECONDS,
  readAuthorizationCredential,
  readStoredAuthorizationCredential,
} from './types/authorization-credential.js';
export { type DelegationCredential, type DelegationToIssue, issueDelegationCredential, readDelegationCredential } from './types/delegation-credential.js';
export {
  createSelfAttestedEmployee,
  type EmployeeCredential,
  type EmployeeToAttest,
  type EmployeeToSign,
  issueEmployeeCredential,
  MAX_EMPLOYEE_CREDENTIAL_SECONDS,
  readEmployeeCredential,
  type SelfAttestedEmployee,
  type SignedEmployee,
} from './types/employee-credential.js';
export { GrantedResource, type Operation, operations } from './types/granted-resource.js';
export { issueOrganizationCredential, type OrganizationCredential, type OrganizationToIssue, readOrganizationCredential } from './types/organization-credential.js';
export { type CredentialVerification, verifyCredential } from './verify-credential.js';
export { presentedOrganisationName } from './types/organisation-name.js';
export { readX509Credential, URA_PATTERN, type X509OrganizationCredential } from './types/x509-credential.js';
export { CLOCK_SKEW_SECONDS } from './within-dates.js';
