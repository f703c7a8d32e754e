import { z } from 'zod';
import { Instant } from '../instant.js';

/** `POST /api/shifts/:id/end` at the desk. */
export const EndedShiftView = z.strictObject({
  shift: z.uuid(),
  endedAt: Instant,
  /** How many authorizations were revoked with it. */
  revoked: z.int().min(0),
});
export type EndedShiftView = z.infer<typeof EndedShiftView>;
