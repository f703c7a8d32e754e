import { type CheckNumber, decisionEndpoints, type DecisionRecord, denialReasons, factSources } from '@anw/authorization';
import { Did, DidUrl } from '@anw/values';
import { z } from 'zod';

const Check = z.int().min(1).max(8).transform((check) => check as CheckNumber);
const Reason = z.enum(denialReasons);
const Fact = z.object({ source: z.enum(factSources), value: z.string() });

const Verdict = z.discriminatedUnion('granted', [
  z.object({ check: Check, granted: z.literal(true), fact: Fact }),
  z.object({ check: Check, granted: z.literal(false), reason: Reason, fact: Fact }),
]);

/** A decision record as the database keeps it: JSON, so dates are text. */
const StoredDecision = z.object({
  reference: z.uuid(),
  at: z.iso.datetime().transform((text) => new Date(text)),
  endpoint: z.enum(decisionEndpoints),
  scope: z.string(),
  outcome: z.enum(['granted', 'denied', 'invalid']),
  failure: z.string().optional(),
  detail: z.string().optional(),
  actor: Did.optional(),
  regisseur: Did.optional(),
  authorization: DidUrl.optional(),
  tokenDecision: z.uuid().optional(),
  collective: z.literal(true).optional(),
  verdicts: z.array(Verdict),
  firstDenial: z.object({ check: Check, reason: Reason }).optional(),
});

export function readStoredDecision(json: unknown): DecisionRecord {
  return StoredDecision.parse(json);
}
