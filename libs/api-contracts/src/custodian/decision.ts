import { Did, DidUrl } from '@anw/values';
import { z } from 'zod';
import { Instant } from '../instant.js';

/** Who has to repair what a decision rests on; `nobody` where refusing is all there is to it. */
export const repairers = ['practitioner', 'actor', 'requesting-system', 'regisseur', 'custodian', 'nobody'] as const;
export const RepairBy = z.enum(repairers);
export type RepairBy = z.infer<typeof RepairBy>;

/** What to do about a refusal: `code` and `repairBy` for machines, `repair` for people, in Dutch (design D16). */
export const RepairView = z.strictObject({ code: z.string(), repairBy: RepairBy, repair: z.string() });
export type RepairView = z.infer<typeof RepairView>;

/** One of the eight checks, as the privacy officer reads it. */
export const VerdictView = z.strictObject({
  check: z.int().min(1).max(8),
  /** The check in a Dutch sentence. */
  title: z.string(),
  verdict: z.enum(['granted', 'denied', 'not-evaluated']),
  /** Machine-readable reason of a denial. */
  reason: z.string().optional(),
  fact: z.strictObject({ source: z.string(), value: z.string() }),
  repairBy: RepairBy.optional(),
  /** Who must repair it and how, in Dutch (design D16). */
  repair: z.string().optional(),
});
export type VerdictView = z.infer<typeof VerdictView>;

/** `GET /api/decisions/:reference`: everything inside about one decision. */
export const DecisionView = z.strictObject({
  reference: z.uuid(),
  at: Instant,
  endpoint: z.enum(['token', 'fhir']),
  scope: z.string(),
  outcome: z.enum(['granted', 'denied', 'invalid']),
  failure: z.string().optional(),
  /** What exactly was wrong with the request; the caller was not told. */
  detail: z.string().optional(),
  actor: Did.optional(),
  regisseur: Did.optional(),
  authorization: DidUrl.optional(),
  /** Of a FHIR request: the decision that granted its token. Checks 1 to 4 are shown as they stood then. */
  tokenDecision: z.uuid().optional(),
  /** Stands for every refusal of its kind in that minute, of callers whom nobody knows. */
  collective: z.literal(true).optional(),
  verdicts: z.array(VerdictView),
  /** What to do first; absent when it was granted. */
  repair: RepairView.optional(),
});
export type DecisionView = z.infer<typeof DecisionView>;
