import { DidUrl } from '@anw/values';
import { z } from 'zod';
import { Instant, Period } from '../instant.js';
import { Party } from '../party.js';
import { PatientCard } from '../patient-card.js';
import { Urgency } from '../urgency.js';
import { DraftView, UndeliveredView } from './draft.js';

/** One visit on a practitioner's route. */
export const VisitStopView = z.strictObject({
  /** uuid of the authorization that the visit began with: the id of the visit in paths, however often it is extended. */
  id: z.uuid(),
  /** The authorization in force. */
  credential: DidUrl,
  /** A block that was agreed beforehand, or a call; absent: the regisseur did not say. */
  kind: z.enum(['planned', 'unplanned']).optional(),
  patient: PatientCard,
  note: z.string(),
  urgency: Urgency,
  visitWindow: Period,
  /** Whether she may see how to get into the home. */
  homeAccess: z.boolean(),
  /** When she has access, extensions included. */
  period: Period,
  custodian: Party,
  regisseur: Party,
  receivedAt: Instant,
  openedAt: Instant.optional(),
  /** When the access was extended last. */
  extendedAt: Instant.optional(),
  /** Id of the visit whose card this one shares: the same client and call, the record of another custodian. */
  besideOf: z.uuid().optional(),
});
export type VisitStopView = z.infer<typeof VisitStopView>;

/** `GET /api/route`: in the order in which she goes along it, urgent first, then newest. */
export const VisitRouteView = z.strictObject({ stops: z.array(VisitStopView) });
export type VisitRouteView = z.infer<typeof VisitRouteView>;

/** Server-sent events of `GET /api/events` at the nurse's page; the event's name is its `type`. */
export const RouteEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('visit-added'), stop: VisitStopView }),
  /** It is the same visit: she has access for longer, or it goes on under what extended it. */
  z.strictObject({ type: z.literal('visit-changed'), stop: VisitStopView }),
  /** Revoked or over: the page forgets it, open dossier included. */
  z.strictObject({ type: z.literal('visit-withdrawn'), id: z.uuid() }),
  /** An entry of hers stands somewhere else now, or its end is near. */
  z.strictObject({ type: z.literal('draft-changed'), draft: DraftView }),
  /** An entry of hers was not in the record when its authorization ended. */
  z.strictObject({ type: z.literal('draft-undelivered'), undelivered: UndeliveredView }),
]);
export type RouteEvent = z.infer<typeof RouteEvent>;
