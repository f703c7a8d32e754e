import type { RouteEvent, VisitRouteView, VisitStopView } from '@anw/api-contracts';

/** The route as it is after an event, as far as the page can tell: the server decides on the order when it is read again. */
export function afterEvent(route: VisitRouteView, event: RouteEvent): VisitRouteView {
  switch (event.type) {
    case 'visit-added':
      return { stops: [event.stop, ...without(route.stops, event.stop.id)] };
    case 'visit-changed':
      return { stops: route.stops.map((stop) => (stop.id === event.stop.id ? event.stop : stop)) };
    case 'visit-withdrawn':
      return { stops: without(route.stops, event.id) };
    default:
      return route;
  }
}

/** Visits that were on the route and are not any more. */
export function goneFrom(before: VisitRouteView, after: VisitRouteView): readonly VisitStopView[] {
  return before.stops.filter(({ id }) => !after.stops.some((stop) => stop.id === id));
}

/** Visits that came on the route since it was last read; another record for a visit that she has is no new visit. */
export function newOn(before: VisitRouteView, after: VisitRouteView): readonly VisitStopView[] {
  return goneFrom(after, before).filter(({ besideOf }) => besideOf === undefined);
}

/** Visits to which she has access for longer than she had. */
export function extendedOn(before: VisitRouteView, after: VisitRouteView): readonly VisitStopView[] {
  return after.stops.filter(({ id, period }) => before.stops.some((stop) => stop.id === id && Date.parse(stop.period.until) < Date.parse(period.until)));
}

/** One visit of the route at the door: its card, and the records of other custodians that it shares it with. */
export interface SharedCard {
  readonly stop: VisitStopView;
  readonly beside: readonly VisitStopView[];
}

/** As the server puts them together. */
export function cardsOf({ stops }: VisitRouteView): readonly SharedCard[] {
  const leads = stops.filter(({ besideOf }) => besideOf === undefined || !stops.some(({ id, besideOf: other }) => id === besideOf && other === undefined));
  return leads.map((stop) => ({ stop, beside: stops.filter((other) => other.besideOf === stop.id && !leads.includes(other)) }));
}

/** Records of the same visit at other custodians, whichever of them the card is of. */
export function recordsBeside(route: VisitRouteView, visit: string): readonly VisitStopView[] {
  const card = cardsOf(route).find(({ stop, beside }) => [stop, ...beside].some(({ id }) => id === visit));
  return card === undefined ? [] : [card.stop, ...card.beside].filter(({ id }) => id !== visit);
}

function without(stops: readonly VisitStopView[], id: string): VisitStopView[] {
  return stops.filter((stop) => stop.id !== id);
}
