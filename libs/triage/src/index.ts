export { fetchAllowlist, type FetchAllowlistPorts } from './allowlists/fetch-allowlist.js';
export { ageSeconds, type AllowlistAnswer, isDue, isFresh, type ReceivedAllowlist, type ReceivedAllowlistStore, type ReceivedDelegation, type ReceivedRow } from './allowlists/received-allowlist.js';
export {
  type Authorization,
  authorizationState,
  type AuthorizationState,
  type AuthorizationStore,
  deliveryProgress,
  type Follows,
  type Revocation,
  type DeliveryProgress,
  type Party,
  type PatientCard,
  type Receipt,
} from './assignment/authorization.js';
export { endShift, type EndedShift, endShiftOnWordOfActor, type EndShiftPorts, type EndShiftStores } from './assignment/end-shift.js';
export { acknowledgeAlarm } from './alarm/acknowledge-alarm.js';
export { type Alarm, alarmOf, type AlarmTimes, type AlarmTimesStore, DEFAULT_ALARM_TIMES, openBefore } from './alarm/alarm.js';
export { extend, type ExtendPorts, type Extension, latestExtension } from './assignment/extend.js';
export { reassign, type Reassignment } from './assignment/reassign.js';
export type { DecisionTree, DecisionTreeStore, GivenAnswer, TreeAnswer, TreeEnd, TreeQuestion, TreeState, TreeVersion } from './decision-tree/decision-tree.js';
export { type TreeFault, treeFaults } from './decision-tree/tree-faults.js';
export { type AnswerInWords, type TreeStep, type Walk, walkTree } from './decision-tree/walk-tree.js';
export { handOverAuthorization, type HandedOver, type HandOver, type HandOverStores } from './assignment/hand-over-authorization.js';
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
export { decideTriage, type TriageDecision, type TriageStores } from './care-requests/decide-triage.js';
export { type NewCareRequest, receiveCareRequest } from './care-requests/receive-care-request.js';
export { PartnerDoorError, type PartnerDoorFailure } from './partners/partner-door-error.js';
export type { Partner, PartnerRole, PartnerStore } from './partners/partner.js';
export { type ActorDoor, fetchDuty, type FetchDutyPorts } from './duty/fetch-duty.js';
export { actorsToAsk, type DutyRoster, type PractitionerOnDuty, practitionersOnDuty, type SilentActor } from './duty/practitioners-on-duty.js';
export { type PresentLoad, presentLoad } from './duty/present-load.js';
export { type Light, type ProposalFacts, type ProposedPractitioner, proposePractitioners } from './duty/propose-practitioners.js';
export { acceptHandover, type Handover, type HandoverDraft, type HandoverItem, type HandoverPerson, type HandoverStore, writeHandover } from './handover/handover.js';
export { type CareRequestState, careRequestState, type Night, type NightCareRequest, type NightFacts, type NightFilter, type NightLane, nightOf, tonight } from './night/night.js';
export type { DutyAnswer, PractitionerTold, ReceivedDuty, ReceivedDutyStore } from './duty/received-duty.js';
export { answerPrecheck, type AnswerPrecheckPorts } from './precheck/answer-precheck.js';
export type { CustodianDoor, FoundPatient, PatientSearchTerms } from './precheck/custodian-door.js';
export { createPrecheck, type Precheck, type PrecheckAnswer, type PrecheckPorts, type PrecheckQuestion, type PrecheckRefusal } from './precheck/precheck.js';
export { type PatientSearch, type PatientSearchAnswer, type PatientSearchPorts, searchPatients } from './precheck/search-patients.js';
export { repairers, type Repairer, TriageError, type TriageFailure, triageMessages } from './triage-error.js';
export type { Triagist } from './triagist.js';
export { currentOf, fingerprintOf, isLastWord, type TriageOrder, type TriageSystem, visitIdOf, visitProgress, type VisitProgress, visitState, type VisitState } from './triage-systems/triage-system.js';
