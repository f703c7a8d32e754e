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
  /** The whole row as one reads it aloud, with who, when, of whom and on what ground. */
  sentence: z.string(),
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
  /** The client whose rows were asked for, where her record is kept here. */
  patient: z.strictObject({ id: PatientId, name: z.string(), birthDate: z.string().optional() }).optional(),
  /** How long rows are kept at least. */
  retentionYears: z.int().positive(),
});
export type LogView = z.infer<typeof LogView>;

/** Why somebody looks; kept with the look, in the log. */
export const LogPurpose = z.enum(['complaint', 'client-request', 'incident', 'random-check', 'supervision']);
export type LogPurpose = z.infer<typeof LogPurpose>;

/** What `GET /api/log` and its exports take in the query. */
export const LogFilterInput = z.strictObject({
  purpose: LogPurpose,
  patient: PatientId.optional(),
  practitioner: EmployeeIdentifier.optional(),
  actor: Did.optional(),
  /** Through whose authorization, or who asked itself. */
  regisseur: Did.optional(),
  /** One kind of event: `fhir.search`. */
  event: z.string().regex(/^[a-z-]+\.[a-z-]+$/).optional(),
  outcome: z.enum(['success', 'minor-failure', 'serious-failure', 'major-failure']).optional(),
  from: Instant.optional(),
  until: Instant.optional(),
});
export type LogFilterInput = z.infer<typeof LogFilterInput>;

export const LogPageInput = LogFilterInput.extend({
  page: z.string().regex(/^\d{1,15}$/).optional(),
});
export type LogPageInput = z.infer<typeof LogPageInput>;

export const LogExportInput = LogFilterInput.extend({ format: z.enum(['csv', 'fhir', 'pdf']) });
export type LogExportInput = z.infer<typeof LogExportInput>;

/** `GET /api/log/options`: what there is to choose from. */
export const LogOptions = z.strictObject({
  purposes: z.array(z.strictObject({ code: LogPurpose, name: z.string() })),
  events: z.array(z.strictObject({ code: z.string(), name: z.string() })),
  organisations: z.array(Party),
});
export type LogOptions = z.infer<typeof LogOptions>;

/** `POST /api/log/verify`: whether the log is as it was written. */
export const LogVerification = z.strictObject({
  holds: z.boolean(),
  at: Instant,
  /** What was found, in Dutch. */
  text: z.string(),
  /** Rows that are as they were sealed. */
  sealedRows: z.int().min(0),
  /** The last row that a signed head confirms. */
  confirmedThrough: z.int().min(0),
  /** Too young to be in the chain. */
  unsealedRows: z.int().min(0),
  /** The first row that cannot be relied on. */
  brokenRow: z.int().optional(),
});
export type LogVerification = z.infer<typeof LogVerification>;
