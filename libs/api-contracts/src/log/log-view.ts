import { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import { z } from 'zod';
import { Instant } from '../instant.js';
import { Party } from '../party.js';

/** One row of the log in plain Dutch: who, for which organisation, why, through which regisseur, when. */
export const LogItem = z.strictObject({
  id: z.uuid(),
  at: Instant,
  /** Name of the event, for machines: `fhir.search`. */
  event: z.string(),
  what: z.string(),
  outcome: z.strictObject({ code: z.enum(['success', 'minor-failure', 'serious-failure', 'major-failure']), text: z.string() }),
  patient: PatientId.optional(),
  practitioner: z.strictObject({ identifier: z.string(), name: z.string().optional(), roleName: z.string().optional() }).optional(),
  /** On whose behalf. */
  actor: Party.optional(),
  regisseur: Party.optional(),
  requestingSystem: z.string().optional(),
  why: z.string().optional(),
  authorization: DidUrl.optional(),
  query: z.string().optional(),
  /** Versioned references of what was disclosed or written. */
  resources: z.array(z.string()),
  reason: z.string().optional(),
  /** Leads to the decision and to support. */
  reference: z.string().optional(),
});
export type LogItem = z.infer<typeof LogItem>;

/** `GET /api/log`: newest first. */
export const LogView = z.strictObject({
  items: z.array(LogItem),
  /** Value of `page` for what comes after, when there is more. */
  next: z.string().optional(),
  /** How long rows are kept at least. */
  retentionYears: z.int().positive(),
});
export type LogView = z.infer<typeof LogView>;

/** What `GET /api/log` and its exports take in the query. */
export const LogFilterInput = z.strictObject({
  patient: PatientId.optional(),
  practitioner: EmployeeIdentifier.optional(),
  actor: Did.optional(),
  outcome: z.enum(['success', 'minor-failure', 'serious-failure', 'major-failure']).optional(),
  from: Instant.optional(),
  until: Instant.optional(),
});
export type LogFilterInput = z.infer<typeof LogFilterInput>;

export const LogPageInput = LogFilterInput.extend({
  page: z.string().regex(/^\d{1,15}$/).optional(),
});
export type LogPageInput = z.infer<typeof LogPageInput>;

export const LogExportInput = LogFilterInput.extend({ format: z.enum(['csv', 'fhir']) });
export type LogExportInput = z.infer<typeof LogExportInput>;
