import { EmployeeIdentifier } from '@anw/values';
import { z } from 'zod';
import { Instant, Period } from '../instant.js';
import { Party } from '../party.js';
import { Urgency } from '../urgency.js';
import { AuthorizationView, DeliveryProgress } from './authorization.js';
import { AlarmView } from './follow-up.js';
import { CareRequestKind, CareRequestState, CareRequestView } from './care-request.js';

/**
 * Query of `GET /api/night`. Left out: from twelve hours ago until twelve hours from now. Filters narrow the list, never
 * the alarms.
 */
export const NightFilter = z.strictObject({
  from: Instant.optional(),
  until: Instant.optional(),
  state: CareRequestState.optional(),
  urgency: Urgency.optional(),
  kind: CareRequestKind.optional(),
  actor: z.string().max(512).optional(),
  custodian: z.string().max(512).optional(),
  practitioner: EmployeeIdentifier.optional(),
});
export type NightFilter = z.infer<typeof NightFilter>;

/** A care request with everything that was sent for it, newest first. */
export const NightCareRequest = z.strictObject({ careRequest: CareRequestView, state: CareRequestState, authorizations: z.array(AuthorizationView) });
export type NightCareRequest = z.infer<typeof NightCareRequest>;

/** One practitioner's night: her shifts and what she was sent to; blocks by begin. */
export const NightLane = z.strictObject({
  practitioner: z.strictObject({ identifier: EmployeeIdentifier, name: z.string(), roleName: z.string().optional() }),
  actor: Party,
  shifts: z.array(z.strictObject({ id: z.uuid(), period: Period, endedAt: Instant.optional() })),
  blocks: z.array(
    z.strictObject({
      authorization: z.uuid(),
      kind: CareRequestKind,
      /** Visit window. */
      window: Period,
      patientName: z.string(),
      urgency: Urgency,
      state: z.enum(['valid', 'revoked', 'ended']),
      delivery: DeliveryProgress,
      alarm: z.boolean(),
    }),
  ),
});
export type NightLane = z.infer<typeof NightLane>;

/** `GET /api/night`. */
export const NightView = z.strictObject({
  period: Period,
  now: Instant,
  counts: z.strictObject({ open: z.int(), toAssign: z.int(), assigned: z.int(), closed: z.int(), alarms: z.int() }),
  /** Not yet acknowledged first, then the oldest. */
  alarms: z.array(AuthorizationView),
  careRequests: z.array(NightCareRequest),
  lanes: z.array(NightLane),
});
export type NightView = z.infer<typeof NightView>;

/** One visit of another regisseur, in the least that helps to judge how busy it is: no patient, no note. */
const NeighbourVisit = z.strictObject({
  id: z.uuid(),
  practitioner: z.string(),
  actor: Party,
  urgency: Urgency,
  window: Period,
  delivery: DeliveryProgress,
  alarm: AlarmView.optional(),
});

/** `GET /api/night/neighbours`: regisseurs that let this one look over their shoulder, side by side; read-only. */
export const NeighbourNights = z.strictObject({
  regisseurs: z.array(
    z.strictObject({ regisseur: Party, counts: NightView.shape.counts, visits: z.array(NeighbourVisit), onDuty: z.int().min(0) }),
  ),
});
export type NeighbourNights = z.infer<typeof NeighbourNights>;
