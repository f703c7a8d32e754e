import { z } from 'zod';

/** The custodian's logical id of a patient, also the FHIR id (FHIR R4 datatypes, `id`). */
export const PatientId = z.string().regex(/^[A-Za-z0-9.-]{1,64}$/).brand<'PatientId'>();
export type PatientId = z.infer<typeof PatientId>;

/** Opaque name of a patient that the custodian minted for one regisseur; the only one that credentials carry (design D7). */
export const PatientHandle = z
  .string()
  .regex(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  .brand<'PatientHandle'>();
export type PatientHandle = z.infer<typeof PatientHandle>;
