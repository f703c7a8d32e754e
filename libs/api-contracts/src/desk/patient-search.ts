import { Bsn, Did, PatientHandle } from '@anw/values';
import { z } from 'zod';
import { Party } from '../party.js';

const familyName = z.string().trim().min(2).max(100);

/** What identifies a patient in a search: family name and birth date together, or the BSN. Travels in a POST body only (design D7). */
export const PatientSearchTerms = z.union([z.strictObject({ familyName, birthDate: z.iso.date() }), z.strictObject({ bsn: Bsn })]);
export type PatientSearchTerms = z.infer<typeof PatientSearchTerms>;

/** `POST /api/patients/search`: at one custodian, or at every custodian this regisseur works for. */
export const PatientSearchInput = z.union([
  z.strictObject({ custodian: Did.optional(), familyName, birthDate: z.iso.date() }),
  z.strictObject({ custodian: Did.optional(), bsn: Bsn }),
]);
export type PatientSearchInput = z.infer<typeof PatientSearchInput>;

export const FoundPatientView = z.strictObject({ custodian: Party, handle: PatientHandle, name: z.string(), birthDate: z.iso.date(), address: z.string().optional() });
export type FoundPatientView = z.infer<typeof FoundPatientView>;

/** Found patients, and the custodians that did not answer: an empty list is only "unknown" when `unanswered` is empty. */
export const PatientSearchResult = z.strictObject({
  patients: z.array(FoundPatientView),
  unanswered: z.array(Party.extend({ reason: z.string() })),
});
export type PatientSearchResult = z.infer<typeof PatientSearchResult>;
