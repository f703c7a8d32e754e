import { Did, DidUrl, EmployeeIdentifier, PatientHandle } from '@anw/values';
import { z } from 'zod';
import { Instant, Period } from '../instant.js';
import { Party } from '../party.js';
import { PatientCard } from '../patient-card.js';
import { Urgency } from '../urgency.js';
import { AlarmView } from './follow-up.js';

/**
 * `POST /api/authorizations`. The shift names actor, practitioner and period; `requestId` is made by the page, so that
 * a double click issues one authorization (design D18).
 */
export const AuthorizationInput = z.strictObject({
  requestId: z.uuid(),
  careRequest: z.uuid(),
  custodian: Did,
  handle: PatientHandle,
  patient: PatientCard,
  shift: z.uuid(),
  visitWindow: Period,
  /** "Toegang tot de woning meegeven": only where the pre-check says that there is something to hand along. */
  homeAccess: z.boolean().default(false),
  /** Note for the nurse; left out: the description of the care request. */
  note: z.string().trim().min(1).max(2000).optional(),
  /** Left out: that of the care request. */
  urgency: Urgency.optional(),
});
export type AuthorizationInput = z.infer<typeof AuthorizationInput>;

export const AuthorizationState = z.enum(['valid', 'revoked', 'ended']);
export type AuthorizationState = z.infer<typeof AuthorizationState>;

/** How far it came: not yet confirmed, stored at the actor, opened by the nurse, first report written at the custodian; or refused by the actor's system. */
export const DeliveryProgress = z.enum(['pending', 'received', 'opened', 'reported', 'refused']);
export type DeliveryProgress = z.infer<typeof DeliveryProgress>;

/** An authorization as the desk shows it. */
export const AuthorizationView = z.strictObject({
  id: z.uuid(),
  /** `<regisseur DID>#<id>`, the id of the credential. */
  credential: DidUrl,
  careRequest: z.uuid(),
  custodian: Party,
  actor: Party,
  practitioner: z.strictObject({ identifier: EmployeeIdentifier, name: z.string() }),
  patient: PatientCard,
  note: z.string(),
  urgency: Urgency,
  visitWindow: Period,
  /** Whether the nurse may see how to get into the home. */
  homeAccess: z.boolean(),
  period: Period,
  state: AuthorizationState,
  delivery: DeliveryProgress,
  issuedAt: Instant,
  issuedBy: z.string(),
  receivedAt: Instant.optional(),
  openedAt: Instant.optional(),
  /** When the first report or measurement of this visit was stored at the custodian. */
  reportedAt: Instant.optional(),
  refusedAt: Instant.optional(),
  revokedAt: Instant.optional(),
  /** Who took it back and why; absent when the shift ended or the custodian withdrew. */
  revokedBy: z.string().optional(),
  revokeReason: z.string().optional(),
  /** Shift on which she was sent. */
  shift: z.uuid(),
  /** Opaque handle at the custodian, for a proposal of another practitioner. */
  handle: PatientHandle,
  /** Somebody has to open it before this moment; then an alarm rings. Of an extension: what it was for the visit. */
  openBefore: Instant.optional(),
  alarm: AlarmView.optional(),
  /** The authorization that this one took over from, or extends; and the one that came after it. */
  replaces: z.uuid().optional(),
  replacedBy: z.uuid().optional(),
  /** How it came to follow another. */
  follows: z.enum(['reassigned', 'extended']).optional(),
});
export type AuthorizationView = z.infer<typeof AuthorizationView>;

/** `GET /api/authorizations`: newest first. */
export const AuthorizationList = z.strictObject({ authorizations: z.array(AuthorizationView) });
export type AuthorizationList = z.infer<typeof AuthorizationList>;

