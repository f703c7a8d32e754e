import { z } from 'zod';

/** A failure as our doors tell it (RFC 9457), with our members: the faults at their JSON pointers, and the reference to ask about. */
export const ProblemDetails = z.looseObject({
  type: z.string().default('about:blank'),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  errors: z.array(z.looseObject({ pointer: z.string(), detail: z.string() })).optional(),
  reference: z.string().optional(),
});
export type ProblemDetails = z.infer<typeof ProblemDetails>;
