import { DidUrl } from '@anw/values';
import { z } from 'zod';
import { Instant, Period } from '../instant.js';
import { Party } from '../party.js';
import { PatientCard } from '../patient-card.js';
import { Urgency } from '../urgency.js';

/** One visit on a practitioner's route. */
export const VisitStopView = z.strictObject({
  /** uuid of the authorization: the id of the visit in paths. */
  id: z.uuid(),
  credential: DidUrl,
  patient: PatientCard,
  note: z.string(),
  urgency: Urgency,
  visitWindow: Period,
  /** When the authorization is valid. */
  period: Period,
  custodian: Party,
  regisseur: Party,
  receivedAt: Instant,
  openedAt: Instant.optional(),
});
export type VisitStopView = z.infer<typeof VisitStopView>;

/** `GET /api/route`: newest first. */
export const VisitRouteView = z.strictObject({ stops: z.array(VisitStopView) });
export type VisitRouteView = z.infer<typeof VisitRouteView>;

/** Server-sent events of `GET /api/events` at the nurse's page; the event's name is its `type`. */
export const RouteEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('visit-added'), stop: VisitStopView }),
  /** Revoked or over: the page forgets it, open dossier included. */
  z.strictObject({ type: z.literal('visit-withdrawn'), id: z.uuid() }),
]);
export type RouteEvent = z.infer<typeof RouteEvent>;
