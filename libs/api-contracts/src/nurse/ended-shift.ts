import { z } from 'zod';
import { Instant } from '../instant.js';

/** `POST /api/shift/end` of the nurse. What is not in a custodian's record by then is lost, so she says that she knows. */
export const EndShiftInput = z.strictObject({ leaveUndelivered: z.boolean().default(false) }).prefault({});
export type EndShiftInput = z.infer<typeof EndShiftInput>;

export const NurseShiftEnded = z.strictObject({
  endedAt: Instant,
  /** How many visits left her route with it. */
  visits: z.int().min(0),
  /** How many of her entries can no longer be sent. */
  undelivered: z.int().min(0),
});
export type NurseShiftEnded = z.infer<typeof NurseShiftEnded>;
