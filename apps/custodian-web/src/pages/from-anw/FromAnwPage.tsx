import { Alert, Badge, Button, PageTitle, ProblemAlert, QueryFaces, RequireRole } from '@anw/web-ui';
import { useSearchParams } from 'react-router';
import { DAY_TEAM } from '../../words/roles.js';
import { useEnriched } from './use-enriched.js';
import { VisitCard } from './VisitCard.js';
import './from-anw.css';

/** What came in from out-of-hours care, for the day team. */
export function FromAnwPage() {
  return <RequireRole roles={DAY_TEAM}><FromAnw /></RequireRole>;
}

function FromAnw() {
  const [parameters, setParameters] = useSearchParams();
  const show = parameters.get('toon') === 'alles' ? 'all' : 'unread';
  const patient = parameters.get('client') ?? undefined;
  const { query, connection, read, unread } = useEnriched({ show, patient });
  const choose = (next: { readonly show?: 'all' | 'unread'; readonly patient?: string | undefined }) => {
    const merged = { show, patient, ...next };
    setParameters({ ...(merged.show === 'all' && { toon: 'alles' }), ...(merged.patient !== undefined && { client: merged.patient }) });
  };
  const count = query.data?.pages[0]?.unread;
  return (
    <>
      <PageTitle aside={count !== undefined && <Badge tone={count === 0 ? 'success' : 'info'}>{count === 0 ? 'Alles gelezen' : `${count >= 1000 ? '1000 of meer' : count} ${count === 1 ? 'bezoek' : 'bezoeken'} nog te lezen`}</Badge>}>Binnengekomen uit de ANW-zorg</PageTitle>
      {connection.state === 'lost' && <Alert kind="warning" title="Geen verbinding: nieuws komt nu niet vanzelf binnen">Wij proberen het vanzelf opnieuw.</Alert>}
      <div className="anw-actions custodian-choices" role="group" aria-label="Wat u ziet">
        <Button kind={show === 'unread' ? 'primary' : 'secondary'} aria-pressed={show === 'unread'} onClick={() => choose({ show: 'unread' })}>Nog te lezen</Button>
        <Button kind={show === 'all' ? 'primary' : 'secondary'} aria-pressed={show === 'all'} onClick={() => choose({ show: 'all' })}>Alles</Button>
        {patient !== undefined && <Button kind="subtle" onClick={() => choose({ patient: undefined })}>Alle cliënten tonen</Button>}
      </div>
      {(read.problem ?? unread.problem) !== undefined && <ProblemAlert problem={(read.problem ?? unread.problem)!} />}
      <QueryFaces query={query} what="wat er binnenkwam" isEmpty={({ pages }) => pages[0]?.visits.length === 0} empty={show === 'unread' ? 'Er is niets meer te lezen. Onder “Alles” staat wat al gelezen is.' : 'Er is nog niets binnengekomen.'}>
        {({ pages }) => (
          <>
            {pages.flatMap(({ visits }) => visits).map((visit) => (
              <VisitCard
                key={`${visit.authorization} ${visit.patient.id}`}
                visit={visit}
                busy={read.isSending || unread.isSending}
                onRead={(items) => void read.send(items).catch(() => undefined)}
                onUnread={(items) => void unread.send(items).catch(() => undefined)}
                {...(patient === undefined && { onPatient: () => choose({ patient: visit.patient.id, show: 'all' }) })}
              />
            ))}
            {query.hasNextPage && <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>Eerdere bezoeken tonen</Button>}
          </>
        )}
      </QueryFaces>
    </>
  );
}
