import type { VisitRouteView, VisitStopView } from '@anw/api-contracts';
import { type HeldVisit, homeAccessOf, leadingVisits } from '@anw/authorization';
import { fragmentOf } from '@anw/values';
import { regisseurNameOf } from '../regisseurs/regisseur-name.js';

/** A nurse's visits as her page shows them: those that are one at the door share a card, that of the one that leads. */
export function toRouteView(route: readonly HeldVisit[]): VisitRouteView {
  const leads = leadingVisits(route);
  return {
    stops: route.map((visit) => {
      const lead = leads.get(visit);
      return { ...toVisitStopView(visit), ...(lead !== undefined && lead !== visit && { besideOf: fragmentOf(lead.id) }) };
    }),
  };
}

/** A visit by itself. */
function toVisitStopView({ id, authorization, until, extendedAt }: HeldVisit): VisitStopView {
  const { credential, context, receivedAt, openedAt = authorization.continues && receivedAt } = authorization;
  return {
    id: fragmentOf(id),
    credential: credential.id,
    patient: context.patient,
    note: context.note,
    urgency: context.urgency,
    visitWindow: context.visitWindow,
    homeAccess: homeAccessOf(credential.resources) !== undefined,
    period: { from: credential.period.from.toISOString(), until: until.toISOString() },
    custodian: context.custodian,
    regisseur: { did: credential.regisseur, name: regisseurNameOf(authorization) },
    ...(context.kind && { kind: context.kind }),
    receivedAt: receivedAt.toISOString(),
    ...(openedAt && { openedAt: openedAt.toISOString() }),
    ...(extendedAt && { extendedAt: extendedAt.toISOString() }),
  };
}
