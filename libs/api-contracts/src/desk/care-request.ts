import { z } from 'zod';
import { Instant } from '../instant.js';
import { Urgency } from '../urgency.js';

export const CareRequestKind = z.enum(['planned', 'unplanned']);
export type CareRequestKind = z.infer<typeof CareRequestKind>;

/** The four outcomes of triage (design §2 step 1). Only `out-of-hours-care` leads on to an authorization. */
export const TriageOutcome = z.enum(['nothing-needed', 'informal-carer', 'emergency-112', 'out-of-hours-care']);
export type TriageOutcome = z.infer<typeof TriageOutcome>;

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

/** `POST /api/care-requests/:id/triage`. */
export const TriageInput = z.strictObject({ outcome: TriageOutcome });
export type TriageInput = z.infer<typeof TriageInput>;

/** A care request as the desk shows it. */
export const CareRequestView = CareRequestInput.extend({
  receivedAt: Instant,
  triage: z.strictObject({ outcome: TriageOutcome, decidedAt: Instant, decidedBy: z.string() }).optional(),
});
export type CareRequestView = z.infer<typeof CareRequestView>;

/** `GET /api/care-requests`: newest first. */
export const CareRequestList = z.strictObject({ careRequests: z.array(CareRequestView) });
export type CareRequestList = z.infer<typeof CareRequestList>;
