import { z } from 'zod';
import { Instant } from '../instant.js';

/** What to correct or to know: one Dutch sentence, the member of the input it is about when that can be told, the custodian's rule (`BP-ORDER`). */
export const DraftIssue = z.strictObject({ message: z.string(), field: z.string().optional(), rule: z.string().optional() });
export type DraftIssue = z.infer<typeof DraftIssue>;

export const DraftState = z.enum(['draft', 'sending', 'accepted', 'refused']);
export type DraftState = z.infer<typeof DraftState>;

/**
 * Where an entry of the nurse stands (design D18): `draft` is hers to change and to send, `sending` is tried until the
 * custodian answers, `accepted` is in the custodian's record, `refused` says what to correct or that there was no access.
 */
export const DraftView = z.strictObject({
  id: z.uuid(),
  /** uuid of the authorization: the id of the visit in paths. */
  visit: z.uuid(),
  kind: z.string(),
  /** What it is called, in Dutch. */
  label: z.string(),
  state: DraftState,
  /** Where it stands, in one Dutch sentence. */
  message: z.string(),
  savedAt: Instant,
  sentAt: Instant.optional(),
  /** The end of the authorization: what is not in the record by then cannot be sent any more, and what it says is wiped. */
  sendBefore: Instant,
  /** In Dutch, when that moment is near. */
  warning: z.string().optional(),
  /** When accepted: what it became in the custodian's record, main resource last. */
  received: z.strictObject({ by: z.string(), at: Instant, resources: z.array(z.strictObject({ reference: z.string(), version: z.string().optional() })) }).optional(),
  /** When accepted: what the custodian remarks. */
  warnings: z.array(DraftIssue),
  /** When refused for its content: what to correct. */
  issues: z.array(DraftIssue),
  /** When refused: who said no, its content or her access. */
  cause: z.enum(['content', 'access']).optional(),
  /** To ask the custodian about. */
  reference: z.string().optional(),
});
export type DraftView = z.infer<typeof DraftView>;

/** A draft with the input that it was saved with. */
export const DraftDetail = DraftView.extend({
  input: z.unknown(),
  /** Of a draft that is not sent: what the custodian will refuse (`error`), and what is unusual, which she confirms as she sends it (`warning`). */
  remarks: z.array(DraftIssue.extend({ severity: z.enum(['error', 'warning']) })),
});
export type DraftDetail = z.infer<typeof DraftDetail>;

/** `GET /api/visits/:id/drafts`: oldest first. */
export const DraftList = z.strictObject({ drafts: z.array(DraftDetail) });
export type DraftList = z.infer<typeof DraftList>;

/** `POST /api/visits/:id/drafts/:draft/send`: whether she has seen what is unusual and means it. */
export const SendDraftInput = z.strictObject({ confirmed: z.boolean().default(false) }).prefault({});
export type SendDraftInput = z.infer<typeof SendDraftInput>;

/** That an entry was not in the custodian's record when its authorization ended; what it said is gone. */
export const UndeliveredView = z.strictObject({
  id: z.uuid(),
  visit: z.uuid(),
  kind: z.string(),
  label: z.string(),
  /** Of the client. */
  initials: z.string().optional(),
  savedAt: Instant,
  sentAt: Instant.optional(),
  endedAt: Instant,
  /** What happened and what to do, in Dutch. */
  message: z.string(),
});
export type UndeliveredView = z.infer<typeof UndeliveredView>;

/** `GET /api/undelivered`: what she has not seen yet, newest first. */
export const UndeliveredList = z.strictObject({ undelivered: z.array(UndeliveredView) });
export type UndeliveredList = z.infer<typeof UndeliveredList>;
