import { PatientId } from '@anw/values';
import { z } from 'zod';
import { Instant } from '../instant.js';
import { Party } from '../party.js';
import { DecisionView, RepairBy, VerdictView } from './decision.js';

/** One of the eight checks in plain Dutch. */
export const ExplainedCheck = z.strictObject({
  check: VerdictView.shape.check,
  title: z.string(),
  verdict: VerdictView.shape.verdict,
  /** `In orde`, `Niet in orde`, `Niet beoordeeld`. */
  verdictText: z.string(),
  /** The fact that was seen. */
  seen: z.string(),
  /** Where that fact came from. */
  from: z.string(),
  /** Absent when there is nothing to repair. */
  repair: z.strictObject({ by: RepairBy, who: z.string(), what: z.string() }).optional(),
});
export type ExplainedCheck = z.infer<typeof ExplainedCheck>;

/** `GET /api/decisions/:reference`: why it was decided so, for whoever has a complaint on the table; all text in Dutch. */
export const DecisionExplanation = z.strictObject({
  decision: DecisionView,
  headline: z.string(),
  /** What was asked: `Toegang tot een dossier`. */
  asked: z.string(),
  who: z.strictObject({
    practitioner: z.strictObject({ identifier: z.string(), name: z.string().optional(), roleName: z.string().optional() }).optional(),
    actor: Party.optional(),
    regisseur: Party.optional(),
    requestingSystem: z.string().optional(),
    patient: z.strictObject({ id: PatientId, name: z.string().optional() }).optional(),
  }),
  at: Instant,
  checks: z.array(ExplainedCheck),
  /** What to do first; absent when it was granted. */
  repair: z.strictObject({ by: RepairBy, who: z.string(), what: z.string() }).optional(),
  /** To copy into an answer to the caller: it tells nothing that the caller may not know. */
  forCaller: z.string(),
});
export type DecisionExplanation = z.infer<typeof DecisionExplanation>;
