import type { Urgency } from '@anw/authorization';
import type { EmployeeIdentifier, ValidityPeriod } from '@anw/values';
import type { AnswerInWords } from '../decision-tree/walk-tree.js';

export const careRequestKinds = ['planned', 'unplanned'] as const;
export type CareRequestKind = (typeof careRequestKinds)[number];

/** The four outcomes of triage (design §2 step 1). Only `out-of-hours-care` leads on to an authorization. */
export const triageOutcomes = ['nothing-needed', 'informal-carer', 'emergency-112', 'out-of-hours-care'] as const;
export type TriageOutcome = (typeof triageOutcomes)[number];

export interface Triage {
  readonly outcome: TriageOutcome;
  readonly decidedAt: Date;
  readonly decidedBy: EmployeeIdentifier;
  /** The region's decision tree as it was walked: which version, what was answered, and where that led. */
  readonly tree?: { readonly version: number; readonly outcome: TriageOutcome; readonly answers: readonly AnswerInWords[] };
  /** Why the triagist decided otherwise than the tree. */
  readonly deviation?: string;
  /** What was agreed with the caller. */
  readonly note?: string;
}

/** What comes in at the desk, from a telephone call or from a triage system. */
export interface CareRequest {
  /** uuid, made by whoever sends it. */
  readonly id: string;
  readonly kind: CareRequestKind;
  readonly reportedBy: string;
  /** Note for the nurse. */
  readonly description: string;
  readonly urgency: Urgency;
  readonly receivedAt: Date;
  readonly triage?: Triage;
}

/** Care requests of one regisseur. */
export interface CareRequestStore {
  /** Answers false when a care request with that id is there already. */
  addCareRequest(request: CareRequest): Promise<boolean>;
  findCareRequest(id: string): Promise<CareRequest | undefined>;
  /** The same, held until the transaction ends: triage and issuing wait for each other. */
  lockCareRequest(id: string): Promise<CareRequest | undefined>;
  saveTriage(id: string, triage: Triage, urgency: Urgency): Promise<void>;
  /** Newest first. */
  listCareRequests(limit: number): Promise<readonly CareRequest[]>;
  /** Those that came in during the period, and these; newest first, at most `limit`. */
  listInPeriod(period: ValidityPeriod, ids: readonly string[], limit: number): Promise<readonly CareRequest[]>;
}
