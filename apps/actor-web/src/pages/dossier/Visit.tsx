import { type VisitStopView, VisitRouteView } from '@anw/api-contracts';
import { type ApiProblem, Loading, PageTitle, ProblemAlert, useAsk, useNow } from '@anw/web-ui';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, startTransition, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { Outlet, useParams } from 'react-router';
import { ROUTE_KEY, ROUTE_PATH, useRouteEvents } from '../../live/LiveRoute.js';
import { recordsBeside } from '../../live/route-changes.js';
import { deviceVault } from '../../offline/index.js';
import { draftsKey } from '../drafts/use-visit-drafts.js';
import { DossierStream } from './DossierStream.js';
import { afterEvent, afterExtension, afterRetry, type DossierState, nothingYet } from './dossier-state.js';
import { type Ending, VisitOver } from './VisitOver.js';

/** What the pages of one visit share: the dossier lives here, in memory alone, while she reads and writes. */
interface OpenVisit {
  readonly visit: string;
  readonly stop: VisitStopView;
  /** Of the same visit, at other custodians. */
  readonly beside: readonly VisitStopView[];
  readonly dossier: DossierState;
  readonly connectionLost: boolean;
  /** Somebody looks at the dossier: only then is it fetched. */
  readonly wantDossier: () => void;
  /** Asks for groups of one record again. */
  readonly retry: (visit: string, groups: readonly string[]) => void;
  /** Being asked for again, as `visit/group`. */
  readonly retrying: ReadonlySet<string>;
  /** Begins anew, after a refusal. */
  readonly reopen: () => void;
}

const VisitContext = createContext<OpenVisit | undefined>(undefined);

export function useVisit(): OpenVisit {
  const open = useContext(VisitContext);
  if (open === undefined) throw new Error('no visit is open');
  return open;
}

/** The pages of one visit. When its authorization is over, everything of it is gone at once. */
export function Visit() {
  const { visit = '' } = useParams();
  return <VisitOf key={visit} visit={visit} />;
}

function VisitOf({ visit }: { readonly visit: string }) {
  const client = useQueryClient();
  const route = useAsk(ROUTE_KEY, ROUTE_PATH, VisitRouteView);
  const stop = route.data?.stops.find(({ id }) => id === visit);
  const [ending, setEnding] = useState<Ending>();

  const over = useCallback(
    (next: Ending) => {
      setEnding((known) => known ?? next);
      forgetVisit(client, visit);
    },
    [client, visit],
  );
  useRouteEvents((event) => {
    if (event.type === 'visit-withdrawn' && event.id === visit) over({ how: 'withdrawn', regisseur: stop?.regisseur.name });
  });
  // What came while the connection was away: it was on the route, and is not any more.
  const [wasThere, setWasThere] = useState(false);
  useEffect(() => {
    if (stop !== undefined) setWasThere(true);
    else if (wasThere && route.data !== undefined) over({ how: 'withdrawn', regisseur: undefined });
  }, [stop, wasThere, route.data, over]);

  if (ending !== undefined) return <VisitOver ending={ending} />;
  if (route.data === undefined) {
    return (
      <>
        <PageTitle>Bezoek</PageTitle>
        {route.error === null ? <Loading what="het bezoek" /> : <ProblemAlert problem={route.error as ApiProblem} onRetry={() => void route.refetch()} busy={route.isFetching} />}
      </>
    );
  }
  if (stop === undefined) return <VisitOver ending={{ how: 'unknown', regisseur: undefined }} />;
  return <Open stop={stop} beside={recordsBeside(route.data, visit)} onOver={over} />;
}

function Open({ stop, beside, onOver }: { readonly stop: VisitStopView; readonly beside: readonly VisitStopView[]; readonly onOver: (ending: Ending) => void }) {
  const [isWanted, setWanted] = useState(false);
  const [dossier, setDossier] = useState<DossierState>(nothingYet);
  const [attempt, setAttempt] = useState(0);
  const [connectionLost, setConnectionLost] = useState(false);
  const [retries, setRetries] = useState<readonly Retry[]>([]);
  const { regisseur } = dossier.dossiers?.[0]?.grant ?? stop;
  useEndOf(stop, () => onOver({ how: 'ended', regisseur: regisseur.name, ...('telephone' in regisseur && { telephone: regisseur.telephone }) }));
  useRouteEvents((event) => {
    if (event.type === 'visit-changed') setDossier((known) => afterExtension(known, event.stop.id, event.stop.period));
    if (event.type !== 'visit-withdrawn') return;
    if (event.id === stop.id) onOver({ how: 'withdrawn', regisseur: regisseur.name, ...('telephone' in regisseur && { telephone: regisseur.telephone }) });
    // A record beside it: the rest stays.
    else setDossier((known) => ({ ...known, ...(known.dossiers && { dossiers: known.dossiers.filter(({ visit }) => visit !== event.id) }) }));
  });

  const wantDossier = useCallback(() => setWanted(true), []);
  const retry = useCallback((visit: string, groups: readonly string[]) => setRetries((known) => [...known.filter((each) => each.visit !== visit || !each.groups.some((name) => groups.includes(name))), { visit, groups }]), []);
  // What she wrote stands in the record now: the group that shows it is read again.
  useRouteEvents((event) => {
    if (event.type !== 'draft-changed' || event.draft.visit !== stop.id || event.draft.state !== 'accepted') return;
    const { kind } = event.draft;
    const outline = dossier.dossiers?.find(({ visit }) => visit === stop.id)?.grant?.outline ?? [];
    if (outline.some(({ name }) => name === kind)) retry(stop.id, [kind]);
  });
  const reopen = useCallback(() => setAttempt((count) => count + 1), []);
  const open = useMemo<OpenVisit>(
    () => ({ visit: stop.id, stop, beside, dossier, connectionLost, wantDossier, retry, reopen, retrying: new Set(retries.flatMap(({ visit, groups }) => groups.map((name) => `${visit}/${name}`))) }),
    [stop, beside, dossier, connectionLost, wantDossier, retry, reopen, retries],
  );
  return (
    <VisitContext value={open}>
      {isWanted && <DossierStream key={attempt} visit={stop.id} onEvent={(event) => startTransition(() => setDossier((known) => afterEvent(known, event)))} onLost={setConnectionLost} />}
      {retries.map((each) => (
        <DossierStream
          key={`${each.visit}/${each.groups.join()}`}
          visit={each.visit}
          only={each.groups}
          onEvent={(event) => {
            setDossier((known) => afterRetry(known, each.visit, event));
            if (event.type === 'finished') setRetries((known) => known.filter((other) => other !== each));
          }}
        />
      ))}
      <Outlet />
    </VisitContext>
  );
}

interface Retry {
  readonly visit: string;
  readonly groups: readonly string[];
}

/** The moment that the authorization ends, also without a connection. */
function useEndOf({ period }: VisitStopView, onEnd: () => void): void {
  const now = useNow(1_000);
  const isOver = now >= new Date(period.until);
  const latest = useRef(onEnd);
  latest.current = onEnd;
  useEffect(() => {
    if (isOver) latest.current();
  }, [isOver]);
}

/** Nothing of it stays: not in the cache of questions, not on the device. */
function forgetVisit(client: QueryClient, visit: string): void {
  client.removeQueries({ queryKey: draftsKey(visit) });
  void deviceVault().then((vault) => vault.forgetVisit(visit));
}
