import { z } from 'zod';
import { Instant } from '../instant.js';
import { Party } from '../party.js';

/** A line of an entry: a Dutch label and what to show behind it, unit included. */
export const DossierLine = z.strictObject({ label: z.string(), text: z.string() });
export type DossierLine = z.infer<typeof DossierLine>;

export const DossierEntry = z.strictObject({
  /** FHIR reference at the custodian: `Observation/…`. */
  reference: z.string(),
  title: z.string(),
  at: Instant.optional(),
  author: z.string().optional(),
  organisation: z.string().optional(),
  lines: z.array(DossierLine),
  /** Dutch sentences for what must not be overlooked: unknown status, a modifier we do not know. */
  warnings: z.array(z.string()),
});
export type DossierEntry = z.infer<typeof DossierEntry>;

/** One group of the dossier. A group that failed says so and never hides another. */
export const DossierSection = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('shown'), name: z.string(), title: z.string(), entries: z.array(DossierEntry), more: z.boolean() }),
  z.strictObject({ state: z.literal('refused'), name: z.string(), title: z.string(), message: z.string() }),
  z.strictObject({ state: z.literal('failed'), name: z.string(), title: z.string(), message: z.string() }),
]);
export type DossierSection = z.infer<typeof DossierSection>;

/** `GET /api/visits/:id/dossier`. Lives in the page only; the actor stores none of it (design §2 step 5). */
export const DossierView = z.strictObject({
  patient: z.strictObject({ name: z.string(), birthDate: z.iso.date().optional(), lines: z.array(DossierLine) }),
  custodian: Party,
  sections: z.array(DossierSection),
  fetchedAt: Instant,
});
export type DossierView = z.infer<typeof DossierView>;

/** Access was refused, or could not be had: one neutral sentence in Dutch and the reference to ask about (design D16). */
export const AccessRefusal = z.strictObject({ message: z.string(), reference: z.string().optional() });
export type AccessRefusal = z.infer<typeof AccessRefusal>;
