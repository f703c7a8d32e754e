import { RouteEvent, VisitRouteView, type VisitStopView } from '@anw/api-contracts';
import { announce, ask, type Connection, formatTime, useEvents } from '@anw/web-ui';
import { hashKey, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { chime, readySound } from './chime.js';
import { afterEvent, extendedOn, goneFrom, newOn } from './route-changes.js';

export const ROUTE_PATH = '/api/route';
export const ROUTE_KEY = [ROUTE_PATH] as const;
export const UNDELIVERED_KEY = ['/api/undelivered'] as const;
/** Of what she wrote; at one visit: its uuid and `drafts` behind it. */
export const DRAFTS_KEY = ['/api/visits'] as const;

/** A visit that left the route while she was at these pages; of whom it was is forgotten. */
export interface WithdrawnVisit {
  readonly id: string;
  readonly receivedAt: string;
  readonly at: Date;
}

interface Live {
  readonly connection: Connection;
  /** Visits that came in while she was at these pages, and that she did not look at yet. */
  readonly fresh: ReadonlySet<string>;
  readonly withdrawn: readonly WithdrawnVisit[];
  readonly dismissWithdrawn: (id: string) => void;
  /** @returns how to stop listening */
  readonly listen: (hear: (event: RouteEvent) => void) => () => void;
}

const LiveContext = createContext<Live | undefined>(undefined);

/** How the pages stand to what happens, and what came in. */
export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error('these pages are not live');
  return live;
}

/** Hears each event of the nurse's stream: a visit came or went, an entry of hers stands somewhere else. */
export function useRouteEvents(hear: (event: RouteEvent) => void): void {
  const { listen } = useLive();
  const latest = useRef(hear);
  latest.current = hear;
  useEffect(() => listen((event) => latest.current(event)), [listen]);
}

/** One stream of events for all pages: whichever she looks at, a new visit is heard. */
export function LiveRoute({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const listeners = useRef(new Set<(event: RouteEvent) => void>());
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const [withdrawn, setWithdrawn] = useState<readonly WithdrawnVisit[]>([]);

  const came = useCallback((stops: readonly VisitStopView[]) => {
    if (stops.length === 0) return;
    setFresh((known) => new Set([...known, ...stops.map(({ id }) => id)]));
    chime();
    announce(stops.length === 1 ? 'Er is een nieuw bezoek op uw route.' : `Er zijn ${stops.length} nieuwe bezoeken op uw route.`);
  }, []);

  const went = useCallback((stops: readonly VisitStopView[]) => {
    if (stops.length === 0) return;
    setWithdrawn((known) => [...stops.map(({ id, receivedAt }) => ({ id, receivedAt, at: new Date() })), ...known.filter(({ id }) => !stops.some((stop) => stop.id === id))]);
    announce('Een bezoek is van uw route gehaald.');
  }, []);

  const lasts = useCallback((stops: readonly VisitStopView[]) => {
    for (const { custodian, period } of stops) announce(`Uw toegang bij ${custodian.name} is verlengd tot ${formatTime(period.until)}.`);
  }, []);

  const hear = (event: RouteEvent) => {
    changeRoute(client, event);
    if (event.type === 'draft-undelivered') void client.invalidateQueries({ queryKey: UNDELIVERED_KEY });
    for (const listener of listeners.current) listener(event);
  };

  const connection = useEvents('/api/events', RouteEvent, hear, { onConnected: () => catchUp(client) });

  useEffect(() => tellChanges(client, { came, went, lasts }), [client, came, went, lasts]);
  useEffect(() => {
    window.addEventListener('pointerdown', readySound);
    return () => window.removeEventListener('pointerdown', readySound);
  }, []);

  const listen = useCallback((listener: (event: RouteEvent) => void) => {
    listeners.current.add(listener);
    return () => void listeners.current.delete(listener);
  }, []);
  const dismissWithdrawn = useCallback((id: string) => setWithdrawn((known) => known.filter((each) => each.id !== id)), []);
  const live = useMemo(() => ({ connection, fresh, withdrawn, dismissWithdrawn, listen }), [connection, fresh, withdrawn, dismissWithdrawn, listen]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

interface RouteChange {
  readonly came: (stops: readonly VisitStopView[]) => void;
  readonly went: (stops: readonly VisitStopView[]) => void;
  readonly lasts: (stops: readonly VisitStopView[]) => void;
}

/** At once on the page, then as the server orders it. A route that was not read yet is on its way, and has it. */
function changeRoute(client: QueryClient, event: RouteEvent): void {
  if (event.type !== 'visit-added' && event.type !== 'visit-changed' && event.type !== 'visit-withdrawn') return;
  client.setQueryData<VisitRouteView>(ROUTE_KEY, (known) => known && afterEvent(known, event));
  void client.invalidateQueries({ queryKey: ROUTE_KEY });
}

/** The stream is there (again): what came and went meanwhile is read, whichever page she is on. */
function catchUp(client: QueryClient): void {
  void client.fetchQuery({ queryKey: ROUTE_KEY, queryFn: ({ signal }) => ask({ path: ROUTE_PATH, answer: VisitRouteView, signal }), staleTime: 0 }).catch(() => undefined);
  for (const queryKey of [UNDELIVERED_KEY, DRAFTS_KEY]) void client.invalidateQueries({ queryKey });
}

/** Tells every change of the route, whether the stream told it or a reading that was before the stream. @returns how to stop */
function tellChanges(client: QueryClient, { came, went, lasts }: RouteChange): () => void {
  const route = hashKey(ROUTE_KEY);
  let before = client.getQueryData<VisitRouteView>(ROUTE_KEY);
  return client.getQueryCache().subscribe(({ query }) => {
    if (query.queryHash !== route) return;
    const after = client.getQueryData<VisitRouteView>(ROUTE_KEY);
    if (after === before) return;
    const known = before;
    before = after;
    if (known === undefined || after === undefined) return;
    came(newOn(known, after));
    went(goneFrom(known, after));
    lasts(extendedOn(known, after));
  });
}

/** What she is told of a visit that is gone. */
export function withdrawnSentence({ receivedAt, at }: WithdrawnVisit): string {
  return `Het bezoek dat om ${formatTime(receivedAt)} binnenkwam, is om ${formatTime(at)} van uw route gehaald. U heeft geen toegang meer tot dit dossier.`;
}
