import { z } from 'zod';
import { Instant } from '../instant.js';

/** `POST /api/shift/end` of the nurse. */
export const NurseShiftEnded = z.strictObject({
  endedAt: Instant,
  /** How many visits left her route with it. */
  visits: z.int().min(0),
});
export type NurseShiftEnded = z.infer<typeof NurseShiftEnded>;
