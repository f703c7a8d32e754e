import { Alert, formatTime, LinkButton, PageTitle } from '@anw/web-ui';
import { ArrowLeft, PenLine } from 'lucide-react';
import { entryKindOf } from '../../entry-forms/entry-kinds.js';
import { OtherRecords } from '../dossier/OtherRecords.js';
import { useVisit } from '../dossier/Visit.js';
import { standingOf } from './draft-standing.js';
import { EndWarning } from './EndWarning.js';
import { StandingBadge } from './Standing.js';
import { useVisitDrafts, type VisitDraft } from './use-visit-drafts.js';
import './written.css';

/** What she wrote at this visit, and where each entry stands. */
export function WrittenPage() {
  const { visit, stop } = useVisit();
  const { drafts, isRead, query } = useVisitDrafts(visit);
  return (
    <>
      <PageTitle>Geschreven bij dit bezoek</PageTitle>
      <p className="nl-paragraph">Voor <strong>{stop.patient.name}</strong>, in het dossier bij {stop.custodian.name}.</p>
      <OtherRecords page="geschreven" words="Wat u schreef bij" />
      <EndWarning drafts={drafts} />
      {query.error !== null && <Alert kind="warning" title="Geen verbinding met de dienst"><p>U ziet alleen wat op dit toestel staat. Het wordt verzonden zodra de verbinding terug is.</p></Alert>}
      {isRead && drafts.length === 0 && <p className="anw-empty">U heeft hier nog niets geschreven.</p>}
      <ul className="written">{drafts.map((draft) => <Written key={draft.id} draft={draft} visit={visit} />)}</ul>
      <div className="anw-actions">
        <LinkButton to={`/bezoek/${visit}/schrijven`} kind="primary" icon={<PenLine size={20} />}>Schrijven</LinkButton>
        <LinkButton to={`/bezoek/${visit}`} icon={<ArrowLeft size={20} />}>Naar het dossier</LinkButton>
      </div>
    </>
  );
}

function Written({ draft, visit }: { readonly draft: VisitDraft; readonly visit: string }) {
  const { id, kind, kept, server } = draft;
  const standing = standingOf(draft);
  const title = entryKindOf(kind)?.title ?? server?.label ?? kind;
  const isOpen = standing !== 'accepted' && standing !== 'sending';
  return (
    <li className="anw-card">
      <p className="written-top"><strong>{title}</strong> <span className="anw-muted">{formatTime(kept?.savedAt ?? server?.savedAt ?? new Date())}</span></p>
      <StandingBadge draft={draft} />
      <p className="written-message">{kept?.stopped?.message ?? (standing === 'waiting' || standing === 'device-only' ? undefined : server?.message)}</p>
      {standing === 'refused' && <ul>{server?.issues.map(({ message }) => <li key={message}>{message}</li>)}</ul>}
      {standing === 'accepted' && server !== undefined && server.warnings.length > 0 && <ul>{server.warnings.map(({ message }) => <li key={message}>{message}</li>)}</ul>}
      {server?.reference !== undefined && standing === 'refused' && <p className="anw-reference">Kenmerk: <code>{server.reference}</code></p>}
      <LinkButton to={`/bezoek/${visit}/schrijven/${kind}/${id}`} kind={isOpen ? 'secondary' : 'subtle'}>{standing === 'refused' ? 'Verbeteren' : isOpen ? 'Verder schrijven' : 'Bekijken'}<span className="anw-visually-hidden">: {title}</span></LinkButton>
    </li>
  );
}
