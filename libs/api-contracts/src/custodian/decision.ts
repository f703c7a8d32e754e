import { Did, DidUrl } from '@anw/values';
import { z } from 'zod';
import { Instant } from '../instant.js';

/** One of the eight checks, as the privacy officer reads it. */
export const VerdictView = z.strictObject({
  check: z.int().min(1).max(8),
  /** The check in a Dutch sentence. */
  title: z.string(),
  verdict: z.enum(['granted', 'denied', 'not-evaluated']),
  /** Machine-readable reason of a denial. */
  reason: z.string().optional(),
  fact: z.strictObject({ source: z.string(), value: z.string() }),
  /** Who must repair it and how, in Dutch (design D16). */
  repair: z.string().optional(),
});
export type VerdictView = z.infer<typeof VerdictView>;

/** `GET /api/decisions/:reference`: everything inside about one decision. */
export const DecisionView = z.strictObject({
  reference: z.uuid(),
  at: Instant,
  scope: z.string(),
  outcome: z.enum(['granted', 'denied', 'invalid']),
  failure: z.string().optional(),
  /** What exactly was wrong with the request; the caller was not told. */
  detail: z.string().optional(),
  actor: Did.optional(),
  regisseur: Did.optional(),
  authorization: DidUrl.optional(),
  verdicts: z.array(VerdictView),
});
export type DecisionView = z.infer<typeof DecisionView>;
