import { z } from 'zod';
import { Instant } from '../instant.js';
import { Party } from '../party.js';

/** A measured value: a Dutch label and what to show behind it. */
export const DossierValue = z.object({ label: z.string(), value: z.string(), unit: z.string().optional() });
export type DossierValue = z.infer<typeof DossierValue>;

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
});
export type DossierEntry = z.infer<typeof DossierEntry>;

/** One group of the dossier. A group that failed says so and never hides another. */
export const DossierGroup = z.object({
  name: z.string(),
  title: z.string(),
  state: z.enum(['fetched', 'empty', 'failed']),
  entries: z.array(DossierEntry).readonly(),
  /** How many there are at the source. */
  total: z.number().int(),
  message: z.string().optional(),
});
export type DossierGroup = z.infer<typeof DossierGroup>;

/** Who is at the door: name, birth date and address together, never a bare id. */
export const DossierPatient = z.object({
  name: z.string(),
  birthDate: z.string().optional(),
  gender: z.string().optional(),
  deceased: z.boolean(),
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

/** Access was refused, or could not be had: one neutral sentence in Dutch and the reference to ask about (design D16). */
export const AccessRefusal = z.strictObject({ message: z.string(), reference: z.string().optional() });
export type AccessRefusal = z.infer<typeof AccessRefusal>;
