import { DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import { z } from 'zod';
import { Instant } from '../instant.js';
import { Party } from '../party.js';

/** Who of the day team read it first, and when. */
export const EnrichedReading = z.strictObject({ at: Instant, by: z.strictObject({ identifier: z.string(), name: z.string() }) });
export type EnrichedReading = z.infer<typeof EnrichedReading>;

/** One thing that a nurse of another organisation wrote into this custodian's record. */
export const EnrichedItem = z.strictObject({
  id: z.uuid(),
  /** Its place in the record, for who maintains the systems: `Observation/…`. */
  resource: z.string(),
  /** An `entry` lies in the organisation's own record only, and says no more here than its FHIR type. */
  kind: z.enum(['report', 'soap-report', 'blood-pressure', 'measurement', 'text-result', 'medication-use', 'medication-administration', 'entry']),
  /** The same in a few Dutch words: `Bloeddruk`, `Meting of rapportage`. */
  kindName: z.string(),
  /** Measured or written at the bedside. */
  effectiveAt: Instant,
  /** Stored here. */
  receivedAt: Instant,
  /** What the day team reads: the report, the lines of a SOAP report, `120 mmHg / 80 mmHg`, or `Lichaamsgewicht 68,4 kg`. Empty where it lies in the organisation's own record only. */
  text: z.string(),
  /** All that has to be marked when this is read: itself, and the parts that stand in its text. */
  parts: z.array(z.uuid()).min(1),
  read: EnrichedReading.optional(),
});
export type EnrichedItem = z.infer<typeof EnrichedItem>;

/** What one nurse wrote on one authorization. */
export const EnrichedVisitView = z.strictObject({
  authorization: DidUrl,
  patient: z.strictObject({ id: PatientId, name: z.string(), birthDate: z.string().optional() }),
  author: z.strictObject({ identifier: EmployeeIdentifier, name: z.string() }),
  actor: Party,
  regisseur: Party,
  /** Newest first. */
  items: z.array(EnrichedItem),
});
export type EnrichedVisitView = z.infer<typeof EnrichedVisitView>;

/** `GET /api/enriched`: what came in from out-of-hours care, visit by visit, newest first. */
export const EnrichedView = z.strictObject({
  visits: z.array(EnrichedVisitView),
  /** Value of `before` for what came before, when there is more. */
  next: z.string().optional(),
  /** Visits with something that nobody has read yet; a thousand stands for more. */
  unread: z.int().min(0),
});
export type EnrichedView = z.infer<typeof EnrichedView>;

export const EnrichedQuestion = z.strictObject({
  patient: PatientId.optional(),
  show: z.enum(['all', 'unread']).default('all'),
  before: z.string().regex(/^\d{1,15}$/).optional(),
});
export type EnrichedQuestion = z.infer<typeof EnrichedQuestion>;

/** `POST /api/enriched/read` and `/unread`. */
export const EnrichedMarkInput = z.strictObject({ items: z.array(z.uuid()).min(1).max(500) });
export type EnrichedMarkInput = z.infer<typeof EnrichedMarkInput>;

export const EnrichedUnread = z.strictObject({ unread: z.int().min(0) });
export type EnrichedUnread = z.infer<typeof EnrichedUnread>;

/** `GET /api/enriched/events`: something came in, was read or unread; the page reads the list again. */
export const EnrichedEvent = z.strictObject({ type: z.literal('enriched-changed'), unread: z.int().min(0) });
export type EnrichedEvent = z.infer<typeof EnrichedEvent>;
