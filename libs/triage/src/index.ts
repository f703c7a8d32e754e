export { fetchAllowlist, type FetchAllowlistPorts } from './allowlists/fetch-allowlist.js';
export { ageSeconds, type AllowlistAnswer, isDue, isFresh, type ReceivedAllowlist, type ReceivedAllowlistStore, type ReceivedDelegation, type ReceivedRow } from './allowlists/received-allowlist.js';
export {
  type Authorization,
  authorizationState,
  type AuthorizationState,
  type AuthorizationStore,
  deliveryProgress,
  type DeliveryProgress,
  type Party,
  type PatientCard,
  type Receipt,
} from './assignment/authorization.js';
export { endShift, type EndedShift, endShiftOnWordOfActor, type EndShiftPorts, type EndShiftStores } from './assignment/end-shift.js';
export { handOverAuthorization, type HandOver, type HandOverStores } from './assignment/hand-over-authorization.js';
export { type AuthorizationOrder, authorizationPeriod, issueAuthorization, type IssuePorts, type IssueStores } from './assignment/issue-authorization.js';
export { recordReceipt, type ReceiptStores } from './assignment/record-receipt.js';
export { reissueAuthorizations, type ReissuePorts, type ReissueStores } from './assignment/reissue-authorizations.js';
export { findWithdrawn, type FindWithdrawnPorts, revokeWithdrawn } from './assignment/revoke-withdrawn.js';
export { revokeAuthorization, type RevokePorts, type RevokeStores } from './assignment/revoke-authorization.js';
export {
  type CareRequest,
  type CareRequestKind,
  careRequestKinds,
  type CareRequestStore,
  type Triage,
  type TriageOutcome,
  triageOutcomes,
} from './care-requests/care-request.js';
export { decideTriage, type TriageStores } from './care-requests/decide-triage.js';
export { type NewCareRequest, receiveCareRequest } from './care-requests/receive-care-request.js';
export { PartnerDoorError, type PartnerDoorFailure } from './partners/partner-door-error.js';
export type { Partner, PartnerRole, PartnerStore } from './partners/partner.js';
export { type ActorDoor, fetchDuty, type FetchDutyPorts } from './duty/fetch-duty.js';
export { actorsToAsk, type DutyRoster, type PractitionerOnDuty, practitionersOnDuty, type SilentActor } from './duty/practitioners-on-duty.js';
export type { DutyAnswer, PractitionerTold, ReceivedDuty, ReceivedDutyStore } from './duty/received-duty.js';
export { answerPrecheck, type AnswerPrecheckPorts } from './precheck/answer-precheck.js';
export type { CustodianDoor, FoundPatient, PatientSearchTerms } from './precheck/custodian-door.js';
export { createPrecheck, type Precheck, type PrecheckAnswer, type PrecheckPorts, type PrecheckQuestion, type PrecheckRefusal } from './precheck/precheck.js';
export { type PatientSearch, type PatientSearchAnswer, type PatientSearchPorts, searchPatients } from './precheck/search-patients.js';
export { repairers, type Repairer, TriageError, type TriageFailure, triageMessages } from './triage-error.js';
export type { Triagist } from './triagist.js';
