import { z } from 'zod';

/** The little of a patient that a nurse needs to find the right door. Never a BSN (design D7). */
export const PatientCard = z.strictObject({
  name: z.string().trim().min(1).max(200),
  birthDate: z.iso.date(),
  address: z.string().trim().min(1).max(300).optional(),
});
export type PatientCard = z.infer<typeof PatientCard>;
