import { Alert, Button, Loading, LinkButton, nothing, PageTitle, ask, formatTime, useSettling } from '@anw/web-ui';
import { ArrowLeft, CircleCheck, PenLine } from 'lucide-react';
import { useRef, useEffect, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { type EntryKind, entryKindOf } from '../../entry-forms/entry-kinds.js';
import { emptyForm, formOf } from '../../entry-forms/entry-values.js';
import { backToWriting, carryKept, deviceKeepsNothing, deviceVault } from '../../offline/index.js';
import { useVisit } from '../dossier/Visit.js';
import { standingOf } from '../drafts/draft-standing.js';
import { EndWarning } from '../drafts/EndWarning.js';
import { StandingBadge } from '../drafts/Standing.js';
import { useVisitDrafts, type VisitDraft } from '../drafts/use-visit-drafts.js';
import { EntryForm } from './EntryForm.js';
import './write.css';

/** One entry: its form while it is hers, and where it stands from then on. */
export function EntryPage() {
  const { kind: kindName, draft: id = '' } = useParams();
  const kind = entryKindOf(kindName);
  if (kind === undefined) {
    return (
      <>
        <PageTitle>Schrijven</PageTitle>
        <Alert kind="warning" title="Dit kunt u hier niet schrijven"><p>Kies wat u wilt schrijven vanuit het bezoek.</p></Alert>
      </>
    );
  }
  return <Entry key={id} id={id} kind={kind} />;
}

function Entry({ id, kind }: { readonly id: string; readonly kind: EntryKind }) {
  const { visit, stop } = useVisit();
  const { drafts, isRead, query } = useVisitDrafts(visit);
  const found = drafts.find((draft) => draft.id === id);
  const draft: VisitDraft = found ?? { id, kind: kind.kind };
  const standing = standingOf(draft);
  const isHers = found === undefined || (standing !== 'waiting' && standing !== 'sending' && standing !== 'accepted');
  // Offline the server does not say what it has; what is here is enough to write.
  const isReady = isRead && (query.data !== undefined || query.error !== null || draft.kept !== undefined);
  // A second tap that was meant for "Verzenden" lands on nothing.
  const isSettling = useSettling(isReady ? String(isHers) : undefined);
  return (
    <>
      <PageTitle>{kind.title}</PageTitle>
      {/* From the start, on a line of its own: it changes while she types, and moves nothing from under her finger. */}
      <p className="entry-standing"><StandingBadge draft={draft} /></p>
      <p className="nl-paragraph entry-about">Over <strong>{stop.patient.name}</strong>, in het dossier bij {stop.custodian.name}.</p>
      <EndWarning drafts={drafts} />
      {deviceKeepsNothing() && <Alert kind="warning" title="Dit toestel bewaart niets"><p>Uw browser laat niet toe dat deze pagina iets bewaart. Verlaat de pagina niet voordat uw invoer is verzonden.</p></Alert>}
      {!isReady && <Loading what="uw invoer" />}
      {isReady && (isHers ? <Writing draft={draft} kind={kind} /> : <Gone draft={draft} kind={kind} isSettling={isSettling} />)}
    </>
  );
}

/** The form is made once; what comes in from elsewhere while she types does not take the text from under her hands. */
function Writing({ draft, kind }: { readonly draft: VisitDraft; readonly kind: EntryKind }) {
  const { visit, stop } = useVisit();
  const [begun] = useState(() => draft.kept?.form ?? (draft.server === undefined ? emptyForm(kind, firstMoment(stop.period.from, new Date())) : formOf(kind, draft.server.input)));
  const navigate = useNavigate();
  const discard = async () => {
    const vault = await deviceVault();
    if (draft.server !== undefined) await ask({ method: 'DELETE', path: `/api/visits/${visit}/drafts/${draft.id}`, answer: nothing });
    await vault.remove({ id: draft.id, visit });
    void navigate(`/bezoek/${visit}`);
  };
  return <EntryForm draft={draft} kind={kind} begun={begun} onDiscard={discard} />;
}

/** Now; fields count in whole minutes, and in the first minute of the authorization that would lie before it. */
function firstMoment(from: string, now: Date): Date {
  const minute = 60_000;
  return new Date(Math.max(now.getTime(), Math.ceil(Date.parse(from) / minute) * minute));
}

/** She sent it: where it is now. */
function Gone({ draft, kind, isSettling }: { readonly draft: VisitDraft; readonly kind: EntryKind; readonly isSettling: boolean }) {
  const { visit, stop } = useVisit();
  const { kept, server } = draft;
  const standing = standingOf(draft);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => frame.current?.focus(), [standing]);
  const takeBack = async () => {
    if (kept !== undefined) await (await deviceVault()).amend(kept, backToWriting);
  };
  return (
    <div className="entry-gone">
      {standing === 'accepted' && server?.received !== undefined && (
        <Alert ref={frame} kind="success" title={`Ontvangen door ${server.received.by} om ${formatTime(server.received.at)}`}>
          <p>{kind.title} staat in het dossier. Klopt er iets niet, schrijf dan een aanvulling: de bronhouder kan het aanpassen.</p>
          {server.warnings.map(({ message }) => <p key={message}>{message}</p>)}
        </Alert>
      )}
      {standing === 'sending' && <Alert ref={frame} kind="info" title="Wordt verzonden"><p>{server?.message} U kunt verder met iets anders.</p></Alert>}
      {standing === 'waiting' && (
        <Alert ref={frame} kind="warning" title="Wordt verzonden zodra er verbinding is">
          <p>Het staat versleuteld op dit toestel, en gaat vanzelf naar {stop.custodian.name}. Het komt één keer aan. Log niet uit voordat het is ontvangen.</p>
          <div className="anw-actions">
            <Button onClick={carryKept}>Nu proberen</Button>
            <Button kind="subtle" icon={<PenLine size={20} />} onClick={() => void takeBack()}>Toch aanpassen</Button>
          </div>
        </Alert>
      )}
      <div className="anw-actions" inert={isSettling}>
        <LinkButton to={`/bezoek/${visit}/schrijven`} kind="primary" icon={<PenLine size={20} />}>Nog iets schrijven</LinkButton>
        <LinkButton to={`/bezoek/${visit}`} icon={<ArrowLeft size={20} />}>Naar het dossier</LinkButton>
        <LinkButton to={`/bezoek/${visit}/geschreven`} kind="subtle" icon={<CircleCheck size={20} />}>Alles wat u schreef</LinkButton>
      </div>
    </div>
  );
}
