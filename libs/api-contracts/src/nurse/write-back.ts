import { z } from 'zod';
import { Instant } from '../instant.js';

/** `POST /api/visits/:id/reports`. The page makes the identifier: a repeat arrives once (design D18). */
export const ReportInput = z.strictObject({ identifier: z.uuid(), text: z.string().trim().min(1).max(20_000), writtenAt: Instant });
export type ReportInput = z.infer<typeof ReportInput>;

/** `POST /api/visits/:id/blood-pressures`, in mm[Hg]. Whether the values are plausible is the custodian's word. */
export const BloodPressureInput = z.strictObject({
  identifier: z.uuid(),
  systolic: z.number(),
  diastolic: z.number(),
  measuredAt: Instant,
});
export type BloodPressureInput = z.infer<typeof BloodPressureInput>;

/** What to correct: the member of the input it is about when that can be told, and one Dutch sentence. */
export const WriteIssue = z.strictObject({
  field: z.enum(['text', 'writtenAt', 'systolic', 'diastolic', 'measuredAt']).optional(),
  message: z.string(),
  /** Rule at the custodian, for example `BP-ORDER`. */
  rule: z.string().optional(),
});
export type WriteIssue = z.infer<typeof WriteIssue>;

/**
 * Whether it arrived in the custodian's record: `accepted` with its reference there and any warnings, `refused` with what to
 * correct, `undelivered` when nobody knows: sending the same identifier again is safe.
 */
export const WriteOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('accepted'), resource: z.string(), warnings: z.array(WriteIssue) }),
  z.strictObject({ outcome: z.literal('refused'), issues: z.array(WriteIssue).min(1), reference: z.string().optional() }),
  z.strictObject({ outcome: z.literal('undelivered'), message: z.string() }),
]);
export type WriteOutcome = z.infer<typeof WriteOutcome>;
