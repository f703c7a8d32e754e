import { z } from 'zod';
import { Instant, Period } from '../instant.js';
import { Party } from '../party.js';
import { DoseInput, ProductInput, RouteInput } from './write-input.js';

/** A measured value: a Dutch label and what to show behind it. */
export const DossierValue = z.object({
  label: z.string(),
  value: z.string(),
  unit: z.string().optional(),
  /** How the source judges it: `boven referentiebereik`. */
  interpretation: z.string().optional(),
  /** It is a telephone number: to tap and call. */
  telephone: z.literal(true).optional(),
});
export type DossierValue = z.infer<typeof DossierValue>;

/** Product, and where the source gives one of each, dose and way of giving; ready for the input of a write. */
export const DossierMedication = z.object({ product: ProductInput, agreement: z.string().optional(), dose: DoseInput.optional(), route: RouteInput.optional() });
export type DossierMedication = z.infer<typeof DossierMedication>;

/** One line of the dossier. Every text is to be rendered as text, never as markup. */
export const DossierEntry = z.object({
  /** FHIR reference at the custodian: `Observation/…`. */
  reference: z.string().optional(),
  label: z.string(),
  values: z.array(DossierValue).readonly(),
  /** Of a report. */
  text: z.string().optional(),
  note: z.string().optional(),
  /** ISO 8601, as the source gave it. */
  at: z.string().optional(),
  /** The same for a Dutch reader. */
  when: z.string(),
  author: z.string(),
  source: z.string(),
  status: z.string(),
  /** Dutch sentences for what must not be overlooked: an unknown status, a modifier we do not know. */
  warnings: z.array(z.string()).readonly(),
  /** Since her last look. */
  change: z.enum(['new', 'changed']).optional(),
  /** Of medication that she may write about: what she takes over. */
  medication: DossierMedication.optional(),
});
export type DossierEntry = z.infer<typeof DossierEntry>;

/** Values of one kind over time, oldest first, ready for a chart. */
export const DossierTrend = z.object({
  label: z.string(),
  unit: z.string(),
  points: z.array(z.object({ at: z.string(), value: z.number() })).readonly(),
  /** Where it goes, in Dutch: `38,4 °C, gestegen met 1,2`. */
  words: z.string(),
});
export type DossierTrend = z.infer<typeof DossierTrend>;

/** One group of the dossier. A group that failed says so and never hides another. */
export const DossierGroup = z.object({
  name: z.string(),
  /** Heading over groups that belong together, in Dutch. */
  chapter: z.string(),
  title: z.string(),
  /** `incomplete`: a part of it failed, and `message` says so. `refused`: asking again gives nothing. */
  state: z.enum(['fetched', 'empty', 'incomplete', 'refused', 'failed']),
  /** Newest first. */
  entries: z.array(DossierEntry).readonly(),
  /** How many there are at the source. */
  total: z.number().int(),
  trends: z.array(DossierTrend).readonly(),
  /** Name of the custodian that it comes from. */
  source: z.string(),
  /** When it came. Absent when it failed. */
  fetchedAt: Instant.optional(),
  message: z.string().optional(),
});
export type DossierGroup = z.infer<typeof DossierGroup>;

/** Who is at the door: name, birth date and address together, never a bare id. */
export const DossierPatient = z.object({
  name: z.string(),
  birthDate: z.string().optional(),
  gender: z.string().optional(),
  deceased: z.boolean(),
  warnings: z.array(z.string()).readonly(),
  addresses: z.array(z.string()).readonly(),
  telephones: z.array(z.string()).readonly(),
  generalPractitioner: z.string().optional(),
});
export type DossierPatient = z.infer<typeof DossierPatient>;

/** `GET /api/visits/:id/dossier`. Lives in the page only; the actor stores none of it (design §2 step 5). */
export const DossierView = z.object({
  patient: DossierPatient.optional(),
  custodian: Party,
  groups: z.array(DossierGroup).readonly(),
  /** False when a group could not be fetched. */
  complete: z.boolean(),
  fetchedAt: Instant,
});
export type DossierView = z.infer<typeof DossierView>;

/** Who gave this access, on whose authority, until when, and what it does not show. Every sentence is to be shown as it is. */
export const AccessGrant = z.object({
  /** Whom to ask about this access. */
  regisseur: z.object({ name: z.string(), telephone: z.string().optional() }),
  period: Period,
  /** Who gave it, when, and to whom. */
  given: z.string(),
  /** By whose leave. */
  authority: z.string(),
  /** What it does not show. */
  hidden: z.array(z.string()).readonly(),
  /** What it opens: the groups that will come, in their order. */
  outline: z.array(z.object({ name: z.string(), chapter: z.string(), title: z.string() })).readonly(),
  /** What she may write under it, by the kinds of `WriteInput`. */
  writes: z.array(z.object({ kind: z.string(), label: z.string() })).readonly(),
});
export type AccessGrant = z.infer<typeof AccessGrant>;

/** Access was refused, or could not be had: one neutral sentence in Dutch and the reference to ask about (design D16). */
export const AccessRefusal = z.strictObject({ message: z.string(), reference: z.string().optional() });
export type AccessRefusal = z.infer<typeof AccessRefusal>;

/**
 * Server-sent events of `GET /api/visits/:id/dossier/events`; the event's name is its `type`. A care request may have
 * authorizations at several custodians: `visit` says of which one an event tells, and one that fails hides no other.
 */
export const DossierEvent = z.discriminatedUnion('type', [
  /** First: whose dossiers follow. */
  z.object({ type: z.literal('opening'), dossiers: z.array(z.object({ visit: z.uuid(), custodian: Party, grant: AccessGrant, /** Her look before this one, to which `change` compares. */ lookedAt: Instant.optional() })).readonly() }),
  z.object({ type: z.literal('patient'), visit: z.uuid(), patient: DossierPatient }),
  /** A group as it is now; a later one of the same name takes its place. */
  z.object({ type: z.literal('group'), visit: z.uuid(), group: DossierGroup }),
  z.object({ type: z.literal('refused'), visit: z.uuid(), refusal: AccessRefusal }),
  z.object({ type: z.literal('fetched'), visit: z.uuid(), complete: z.boolean(), fetchedAt: Instant }),
  /** Last: the page closes the stream. */
  z.object({ type: z.literal('finished') }),
]);
export type DossierEvent = z.infer<typeof DossierEvent>;
