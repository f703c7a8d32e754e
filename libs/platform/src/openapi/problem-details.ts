import { z } from 'zod';

/** Problem details as `toProblem` renders them (RFC 9457 §3). */
export const problemDetails = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  /** Names the request in our log, or the decision record. */
  reference: z.string(),
});
