import { z } from 'zod';

/** Opaque name of how to get into one patient's home: the FHIR id of a Location that no search returns. */
export const HomeAccessId = z.uuid().lowercase().brand<'HomeAccessId'>();
export type HomeAccessId = z.infer<typeof HomeAccessId>;

/** Why somebody asks to see how to get in. Closed, so that the log holds a reason and never a nurse's own words about a patient. */
export const homeAccessReasons = ['agreed', 'no-answer', 'patient-cannot-open', 'emergency', 'locking-up'] as const;
export const HomeAccessReason = z.enum(homeAccessReasons);
export type HomeAccessReason = z.infer<typeof HomeAccessReason>;

const inDutch: Readonly<Record<HomeAccessReason, string>> = {
  agreed: 'Zo afgesproken met de cliënt',
  'no-answer': 'Er wordt niet opengedaan',
  'patient-cannot-open': 'Cliënt kan zelf niet opendoen',
  emergency: 'Vermoeden van nood',
  'locking-up': 'Afsluiten bij vertrek',
};

/** The reason as nurses and privacy officers read it. */
export function printHomeAccessReason(reason: HomeAccessReason): string {
  return inDutch[reason];
}
