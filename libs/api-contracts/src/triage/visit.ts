import { Bsn, Did, EmployeeIdentifier } from '@anw/values';
import { z } from 'zod';
import { CareRequestInput } from '../desk/care-request.js';
import { PostcodeArea } from '../desk/proposal.js';
import { Instant, Period } from '../instant.js';

/** Who the patient is: asked at the custodian, and forgotten here. Travels in the body only (design D7). */
const Patient = z.union([z.strictObject({ bsn: Bsn }), z.strictObject({ familyName: z.string().trim().min(2).max(100), birthDate: z.iso.date() })]);

/** `POST /triage/{org}/visits`: a triage system that found that out-of-hours care is needed. The header `Idempotency-Key` is required. */
export const TriageVisitInput = z.strictObject({
  careRequest: CareRequestInput.omit({ id: true }),
  patient: Patient,
  /** Left out: every custodian of the region is asked, and exactly one has to know the patient. */
  custodian: Did.optional(),
  /** For the nurse at the door. */
  address: z.string().trim().min(1).max(300).optional(),
  postcodeArea: PostcodeArea.optional(),
  /** Left out: whom the desk would send. */
  practitioner: z.strictObject({ actor: Did, identifier: EmployeeIdentifier }).optional(),
  visitWindow: Period,
  /** Hand along how to get into the home, where there is something to hand along. */
  homeAccess: z.boolean().default(false),
});
export type TriageVisitInput = z.infer<typeof TriageVisitInput>;

export const TriageVisitState = z.enum(['sent', 'delivered', 'opened', 'reported', 'refused', 'revoked', 'ended']);
export type TriageVisitState = z.infer<typeof TriageVisitState>;

/** A visit as the triage system follows it: nobody's name but the practitioner's, and nothing of the patient. */
export const TriageVisitView = z.strictObject({
  /** Stays the same when the desk sends another practitioner. */
  id: z.uuid(),
  state: TriageVisitState,
  practitioner: z.strictObject({ identifier: EmployeeIdentifier, name: z.string() }),
  actor: z.strictObject({ did: Did, name: z.string() }),
  custodian: z.strictObject({ did: Did, name: z.string() }),
  visitWindow: Period,
  validUntil: Instant,
  sentAt: Instant,
  deliveredAt: Instant.optional(),
  openedAt: Instant.optional(),
  reportedAt: Instant.optional(),
  revokedAt: Instant.optional(),
  /** Nobody opened it in the agreed time, or it was refused: the desk looks at it. */
  alarm: z.boolean(),
});
export type TriageVisitView = z.infer<typeof TriageVisitView>;

/** `POST /triage/{org}/visits/{id}/revoke`. */
export const TriageRevokeInput = z.strictObject({ reason: z.string().trim().min(3).max(300).optional() });
export type TriageRevokeInput = z.infer<typeof TriageRevokeInput>;
