import { Did, DidUrl, EmployeeIdentifier, PatientHandle } from '@anw/values';
import { z } from 'zod';
import { Instant, Period } from '../instant.js';
import { Party } from '../party.js';
import { PatientCard } from '../patient-card.js';
import { Urgency } from '../urgency.js';

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
});
export type AuthorizationInput = z.infer<typeof AuthorizationInput>;

export const AuthorizationState = z.enum(['valid', 'revoked', 'ended']);
export type AuthorizationState = z.infer<typeof AuthorizationState>;

/** How far it came: not yet confirmed, stored at the actor, opened by the nurse, or refused by the actor's system. */
export const DeliveryProgress = z.enum(['pending', 'received', 'opened', 'refused']);
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
  period: Period,
  state: AuthorizationState,
  delivery: DeliveryProgress,
  issuedAt: Instant,
  issuedBy: z.string(),
  receivedAt: Instant.optional(),
  openedAt: Instant.optional(),
  refusedAt: Instant.optional(),
  revokedAt: Instant.optional(),
});
export type AuthorizationView = z.infer<typeof AuthorizationView>;

/** `GET /api/authorizations`: newest first. */
export const AuthorizationList = z.strictObject({ authorizations: z.array(AuthorizationView) });
export type AuthorizationList = z.infer<typeof AuthorizationList>;

/** Server-sent event `authorization` of `GET /api/events` at the desk: how the authorization stands now. */
export const DeskEvent = z.strictObject({ type: z.literal('authorization'), authorization: AuthorizationView });
export type DeskEvent = z.infer<typeof DeskEvent>;
