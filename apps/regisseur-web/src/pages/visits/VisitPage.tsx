import { AuthorizationView } from '@anw/api-contracts';
import { Card, DescriptionList, formatAge, formatDate, formatInstant, formatPeriod, LinkButton, PageTitle, QueryFaces, useAsk } from '@anw/web-ui';
import { Link, useParams } from 'react-router';
import { deskKeys } from '../../events/DeskEvents.js';
import { Shortcut } from '../../keys/Shortcut.js';
import { urgencyWords } from '../../words/desk-words.js';
import { VisitActions } from './VisitActions.js';
import { VisitAlarm } from './VisitAlarm.js';
import { VisitProgress } from './VisitProgress.js';
import './visits.css';

/** One visit after it was sent: how far it came, live, and what can still be done about it. */
export function VisitPage() {
  const { id = '' } = useParams();
  const query = useAsk(deskKeys.authorization(id), `/api/authorizations/${encodeURIComponent(id)}`, AuthorizationView, { refetchInterval: 60_000 });
  return (
    <>
      <PageTitle
        aside={
          <LinkButton to="/melding" kind="primary" aria-keyshortcuts="Alt+N">
            Volgende melding
            <Shortcut keys="Alt N" />
          </LinkButton>
        }
      >
        Bezoek
      </PageTitle>
      <QueryFaces query={query} what="het bezoek">
        {(visit) => <Visit key={visit.id} visit={visit} />}
      </QueryFaces>
    </>
  );
}

function Visit({ visit }: { readonly visit: AuthorizationView }) {
  const { patient, practitioner, actor, custodian, note, visitWindow, period, urgency, homeAccess, issuedAt, revokeReason, revokedAt, revokedBy } = visit;
  return (
    <>
      <VisitAlarm visit={visit} />
      <p className="visit-who">
        <strong>{practitioner.name}</strong> ({actor.name}) naar <strong>{patient.name}</strong>
      </p>
      <Chain visit={visit} />
      <VisitProgress visit={visit} />
      <VisitActions visit={visit} />
      <Card title="Opdracht">
        <DescriptionList
          items={[
            { term: 'Opdracht', details: <span className="visit-note">{note}</span> },
            { term: 'Hoe snel', details: urgencyWords[urgency] },
            { term: 'Bezoek', details: formatPeriod(visitWindow) },
            { term: 'Cliënt', details: `${patient.name}, ${formatDate(patient.birthDate)} (${formatAge(patient.birthDate)})` },
            { term: 'Adres', details: patient.address },
            { term: 'Dossier bij', details: custodian.name },
            { term: 'Inzage in het dossier', details: formatPeriod(period) },
            { term: 'Toegang tot de woning', details: homeAccess ? 'Meegegeven' : 'Niet meegegeven' },
            { term: 'Verstuurd', details: formatInstant(issuedAt) },
            { term: 'Ingetrokken', details: revokedAt && [formatInstant(revokedAt), revokedBy && `door ${revokedBy}`, revokeReason && `omdat: ${revokeReason}`].filter(Boolean).join(', ') },
          ]}
        />
      </Card>
    </>
  );
}

/** Where it came from and what came after it, when it was reassigned or extended. */
function Chain({ visit: { replaces, replacedBy, follows } }: { readonly visit: AuthorizationView }) {
  if (replaces === undefined && replacedBy === undefined) return null;
  return (
    <p className="visit-chain">
      {replaces !== undefined && <Link className="nl-link" to={`/bezoeken/${replaces}`}>{follows === 'extended' ? 'Verlenging van een eerdere inzet' : 'Overgenomen van een andere zorgverlener'}</Link>}
      {replacedBy !== undefined && <Link className="nl-link" to={`/bezoeken/${replacedBy}`}>Er is een nieuwe inzet die deze opvolgt</Link>}
    </p>
  );
}
