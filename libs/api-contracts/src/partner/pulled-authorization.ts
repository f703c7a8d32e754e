import { z } from 'zod';
import { Period } from '../instant.js';
import { Party } from '../party.js';
import { PatientCard } from '../patient-card.js';
import { Urgency } from '../urgency.js';

/** Answer of `GET /anw/{org}/authorizations/{id}` at the regisseur, to the actor it is for (design §2 step 4). */
export const PulledAuthorization = z.object({
  /** Compact JWT of the `ANWAuthorizationCredential`. */
  credential: z.string().max(65_536),
  context: z.object({
    note: z.string().max(4000),
    urgency: Urgency,
    visitWindow: Period,
    patient: PatientCard,
    custodian: Party,
  }),
});
export type PulledAuthorization = z.infer<typeof PulledAuthorization>;
