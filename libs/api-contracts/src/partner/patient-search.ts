import { PatientHandle } from '@anw/values';
import { z } from 'zod';

/** Answer of `POST /anw/{org}/patients/_search` at the custodian: minimal fields and the handle minted for the asking regisseur. */
export const FoundPatients = z.object({
  patients: z.array(z.object({ handle: PatientHandle, name: z.string().max(200), birthDate: z.iso.date(), address: z.string().max(300).optional() })).max(50),
});
export type FoundPatients = z.infer<typeof FoundPatients>;
