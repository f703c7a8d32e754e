import { z } from 'zod';
import { Instant } from '../instant.js';
import { Urgency } from '../urgency.js';
import { GivenAnswer } from './decision-tree.js';
import { TriageOutcome } from './triage-outcome.js';

export const CareRequestKind = z.enum(['planned', 'unplanned']);
export type CareRequestKind = z.infer<typeof CareRequestKind>;

/** `POST /api/care-requests`. The caller makes the id, so that sending twice records once (design D18). */
export const CareRequestInput = z.strictObject({
  id: z.uuid(),
  kind: CareRequestKind,
  /** Who called or which system reported. */
  reportedBy: z.string().trim().min(1).max(120),
  /** Note for the nurse. */
  description: z.string().trim().min(1).max(2000),
  urgency: Urgency,
});
export type CareRequestInput = z.infer<typeof CareRequestInput>;

const sentence = z.string().trim().min(3).max(500);

/**
 * `POST /api/care-requests/:id/triage`. With `tree` the outcome rests on the region's decision tree: the server walks
 * the answers, which have to reach an end. Another outcome than the tree's needs a `deviation`.
 */
export const TriageInput = z.strictObject({
  outcome: TriageOutcome,
  tree: z.strictObject({ version: z.int().min(1), answers: z.array(GivenAnswer).min(1).max(200) }).optional(),
  /** Why the triagist decided otherwise than the tree. */
  deviation: sentence.optional(),
  /** What was agreed with the caller: who was called, which informal carer comes. */
  note: sentence.optional(),
  /** How soon, as triage found; left out: as the care request came in. */
  urgency: Urgency.optional(),
});
export type TriageInput = z.infer<typeof TriageInput>;

/** Triage as it was recorded; the words of the tree as they were then. */
export const TriageView = z.strictObject({
  outcome: TriageOutcome,
  decidedAt: Instant,
  decidedBy: z.string(),
  tree: z
    .strictObject({ version: z.int(), outcome: TriageOutcome, answers: z.array(GivenAnswer.extend({ questionText: z.string(), answerText: z.string() })) })
    .optional(),
  deviation: z.string().optional(),
  note: z.string().optional(),
});
export type TriageView = z.infer<typeof TriageView>;

/**
 * `open`: triage is to come; `to-assign`: out-of-hours care, and nobody is on the way; `assigned`: an authorization is in
 * force; `closed`: a recorded end of triage, or the visit is over.
 */
export const CareRequestState = z.enum(['open', 'to-assign', 'assigned', 'closed']);
export type CareRequestState = z.infer<typeof CareRequestState>;

/** A care request as the desk shows it. */
export const CareRequestView = CareRequestInput.extend({ receivedAt: Instant, triage: TriageView.optional() });
export type CareRequestView = z.infer<typeof CareRequestView>;

/** `GET /api/care-requests`: newest first. `GET /api/care-requests/:id` answers one. */
export const CareRequestList = z.strictObject({ careRequests: z.array(CareRequestView) });
export type CareRequestList = z.infer<typeof CareRequestList>;
