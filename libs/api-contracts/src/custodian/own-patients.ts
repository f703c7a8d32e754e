import { PatientId } from '@anw/values';
import { z } from 'zod';

const optional = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/** `POST /api/patients/search`: a client of one's own organisation, by parts of her name, her birth date, or both. A name travels in a body, never in an address. */
export const OwnPatientSearch = z
  .strictObject({
    name: optional(z.string().trim().min(2).max(100)),
    birthDate: optional(z.iso.date()),
  })
  .refine(({ name, birthDate }) => name !== undefined || birthDate !== undefined, { error: 'Vul een naam of een geboortedatum in', path: ['name'] });
export type OwnPatientSearch = z.infer<typeof OwnPatientSearch>;

export const OwnPatientFound = z.strictObject({
  id: PatientId,
  name: z.string(),
  birthDate: z.string().optional(),
  address: z.string().optional(),
  /** Whether she is in care still. */
  inCare: z.boolean(),
});
export type OwnPatientFound = z.infer<typeof OwnPatientFound>;

export const OwnPatientSearchResult = z.strictObject({
  patients: z.array(OwnPatientFound),
  /** Whether there are more than these: ask more exactly. */
  more: z.boolean(),
});
export type OwnPatientSearchResult = z.infer<typeof OwnPatientSearchResult>;
