import { DraftList, type DraftView, NurseShiftEnded, VisitRouteView, type VisitStopView } from '@anw/api-contracts';
import { Alert, ApiProblem, ask, Button, Card, forgetPerson, formatTime, logOut, PageTitle, ProblemAlert, QueryFaces, useAsk, useSend } from '@anw/web-ui';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { House } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ConnectionLine } from '../../live/ConnectionLine.js';
import { ROUTE_KEY, ROUTE_PATH } from '../../live/LiveRoute.js';
import { cardsOf } from '../../live/route-changes.js';
import { carryKept, countKept } from '../../offline/index.js';

/** The end of the shift: what is still open and what did not arrive is told, then everything of it is closed and forgotten. */
export function ShiftPage() {
  const [ended, setEnded] = useState<NurseShiftEnded>();
  if (ended !== undefined) return <Ended {...ended} />;
  return (
    <>
      <PageTitle>Dienst beëindigen</PageTitle>
      <ConnectionLine />
      <StillOpen onEnded={setEnded} />
    </>
  );
}

function StillOpen({ onEnded }: { readonly onEnded: (ended: NurseShiftEnded) => void }) {
  const client = useQueryClient();
  const route = useAsk(ROUTE_KEY, ROUTE_PATH, VisitRouteView);
  const end = useSend<{ readonly leaveUndelivered: boolean }, NurseShiftEnded>({
    path: '/api/shift/end',
    answer: NurseShiftEnded,
    onSent: (answer) => {
      client.clear();
      void forgetPerson().finally(() => onEnded(answer));
    },
  });
  const [isWarned, setWarned] = useState(false);
  const kept = useKept();
  const refused = end.problem?.status === 409 ? end.problem.detail : undefined;
  const held = refused ?? (isWarned && kept > 0 ? keptSentence(kept) : undefined);
  const press = () => {
    if (kept > 0) setWarned(true);
    else void end.send({ leaveUndelivered: false }).catch(() => undefined);
  };
  const endAnyway = () => void end.send({ leaveUndelivered: true }).catch(() => undefined);
  const back = () => {
    setWarned(false);
    end.reset();
    carryKept();
  };
  return (
    <QueryFaces query={route} what="uw route">
      {(view) => (
        <>
          <WhatHappens visits={cardsOf(view).map(({ stop }) => stop)} />
          <Unsent visits={view.stops.map(({ id }) => id)} />
          {end.problem !== undefined && refused === undefined && <ProblemAlert problem={end.problem} />}
          {held === undefined ? (
            <Button kind="primary" busy={end.isSending} icon={<House size={20} />} onClick={press}>Dienst beëindigen</Button>
          ) : (
            <Alert kind="warning" announce="alert" title="Nog niet alles is aangekomen">
              <p>{held}</p>
              <div className="anw-actions">
                <Button autoFocus onClick={back}>Terug, ik verstuur het eerst</Button>
                <Button kind="danger" busy={end.isSending} onClick={endAnyway}>Toch beëindigen en wissen</Button>
              </div>
            </Alert>
          )}
        </>
      )}
    </QueryFaces>
  );
}

function WhatHappens({ visits }: { readonly visits: readonly VisitStopView[] }) {
  return (
    <Card title="Wat er gebeurt">
      <ul>
        <li>{visits.length === 0 ? 'Er staat geen bezoek meer op uw route.' : visits.length === 1 ? 'Het bezoek op uw route wordt gesloten.' : `De ${visits.length} bezoeken op uw route worden gesloten.`}</li>
        <li>U heeft daarna geen toegang meer tot deze dossiers. De regisseur krijgt bericht.</li>
        <li>Dit apparaat vergeet alles van uw dienst.</li>
      </ul>
      {visits.length > 0 && <ul className="anw-muted">{visits.map(({ id, patient, visitWindow }) => <li key={id}>{patient.name}, bezoek tot {formatTime(visitWindow.until)}</li>)}</ul>}
    </Card>
  );
}

/** How many entries this device alone has: the server cannot know of them. Looked at again while they are being sent. */
function useKept(): number {
  const [kept, setKept] = useState(0);
  useEffect(() => {
    let isHere = true;
    const look = () => void countKept().then((count) => isHere && setKept(count), () => undefined);
    look();
    carryKept();
    const timer = setInterval(look, LOOK_MILLISECONDS);
    return () => {
      isHere = false;
      clearInterval(timer);
    };
  }, []);
  return kept;
}

const LOOK_MILLISECONDS = 2_000;

function keptSentence(count: number): string {
  return `${count === 1 ? 'Eén invoer staat' : `${count} invoeren staan`} alleen nog op dit apparaat, niet verstuurd. Na het einde van uw dienst kan dat niet meer en wordt de inhoud gewist.`;
}

/** What she wrote at the visits of her route and is in no record yet. */
function Unsent({ visits }: { readonly visits: readonly string[] }) {
  const lists = useQueries({
    queries: visits.map((visit) => {
      const path = `/api/visits/${visit}/drafts`;
      return { queryKey: [path], queryFn: ({ signal }: { readonly signal: AbortSignal }) => ask({ path, answer: DraftList, signal }), retry: false };
    }),
  });
  const unsent = lists.flatMap(({ data }) => data?.drafts ?? []).filter(({ state }) => state !== 'accepted');
  const isUnknown = lists.some(({ error }) => error !== null && !(error instanceof ApiProblem && error.status === 403));
  if (unsent.length === 0 && !isUnknown) return null;
  return (
    <Alert kind="warning" title="Nog niet in het dossier van de bronhouder" announce="off">
      {isUnknown && <p>Van een bezoek kon niet worden nagegaan of alles is aangekomen.</p>}
      <ul>{unsent.map((draft) => <li key={draft.id}>{sentenceOf(draft)}</li>)}</ul>
    </Alert>
  );
}

function sentenceOf({ label, savedAt, message }: DraftView): string {
  return `${label}, opgeslagen om ${formatTime(savedAt)}. ${message}`;
}

function Ended({ endedAt, visits, undelivered }: NurseShiftEnded) {
  return (
    <>
      <PageTitle>Uw dienst is beëindigd</PageTitle>
      <Alert kind={undelivered === 0 ? 'success' : 'warning'} title={`Beëindigd om ${formatTime(endedAt)}`}>
        <p>{visits === 0 ? 'Er stond geen bezoek meer open.' : visits === 1 ? 'Eén bezoek is gesloten.' : `${visits} bezoeken zijn gesloten.`}</p>
        {undelivered > 0 && <p>{undelivered === 1 ? 'Eén invoer is niet aangekomen en is gewist.' : `${undelivered} invoeren zijn niet aangekomen en zijn gewist.`} Geef het zo nodig mondeling door. Bij uw volgende login ziet u welke het waren.</p>}
        <p>Dit apparaat bewaart niets van uw dienst.</p>
      </Alert>
      <Button kind="primary" onClick={() => void logOut()}>Uitloggen</Button>
    </>
  );
}
