import { VisitRouteView } from '@anw/api-contracts';
import { Alert, Button, classNames, PageTitle, QueryFaces, useAsk, useSettling } from '@anw/web-ui';
import { ConnectionLine } from '../../live/ConnectionLine.js';
import { cardsOf } from '../../live/route-changes.js';
import { ROUTE_KEY, ROUTE_PATH, useLive, withdrawnSentence } from '../../live/LiveRoute.js';
import { AlertSettings } from '../notices/AlertSettings.js';
import { Undelivered } from '../notices/Undelivered.js';
import { VisitCard } from './VisitCard.js';

/** What she does tonight: the visits that she was sent to, in the order that the server gives them. */
export function RoutePage() {
  const { connection, fresh, withdrawn, dismissWithdrawn } = useLive();
  const route = useAsk(ROUTE_KEY, ROUTE_PATH, VisitRouteView);
  // Cards come and go by themselves: nobody opens another client's record because one came under her finger.
  const isSettling = useSettling(route.data && [connection.state === 'lost', ...withdrawn.map(({ id }) => id), ...route.data.stops.map(({ id }) => id)].join(' '));
  return (
    <>
      <PageTitle>Route van vannacht</PageTitle>
      <ConnectionLine />
      {withdrawn.map((visit) => (
        <Alert key={visit.id} kind="warning" title="Een bezoek is vervallen">
          <p>{withdrawnSentence(visit)}</p>
          <Button onClick={() => dismissWithdrawn(visit.id)}>Gezien</Button>
        </Alert>
      ))}
      <Undelivered />
      <QueryFaces query={route} what="uw route" isEmpty={({ stops }) => stops.length === 0} empty={<EmptyRoute />}>
        {(view) => (
          <ul className={classNames('visits', isSettling && 'anw-settling')}>
            {cardsOf(view).map(({ stop, beside }) => <li key={stop.id}><VisitCard stop={stop} beside={beside} isFresh={fresh.has(stop.id)} /></li>)}
          </ul>
        )}
      </QueryFaces>
      {!route.isPending && <AlertSettings />}
    </>
  );
}

function EmptyRoute() {
  return (
    <>
      <p className="nl-paragraph">Er staat nu geen bezoek op uw route.</p>
      <p className="nl-paragraph">Een nieuw bezoek verschijnt hier vanzelf. U hoeft niets te doen.</p>
    </>
  );
}
