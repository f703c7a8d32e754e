import { Alert, Button, formatInstant, LinkButton, Loading, useNow } from '@anw/web-ui';
import { KeyRound, PenLine, Stethoscope } from 'lucide-react';
import { useEffect } from 'react';
import { WrittenLink } from '../drafts/WrittenLink.js';
import { DoorGroup } from './DoorGroup.js';
import type { OpenDossier } from './dossier-state.js';
import { GrantLine } from './GrantLine.js';
import { GroupCard } from './GroupCard.js';
import { IdentityCard } from './IdentityCard.js';
import { useTogether } from './use-together.js';
import { useVisit } from './Visit.js';
import './dossier.css';

const AT_THE_DOOR = 'Aan de deur';
/** Milliseconds that what matters at the door waits for its slowest group. */
const PATIENCE = 1_500;

/** The record of the client she stands before: what matters at the door first. */
export function DossierPage() {
  const { stop, dossier, wantDossier, connectionLost } = useVisit();
  useEffect(wantDossier, [wantDossier]);
  useNeutralTitle();
  const { dossiers } = dossier;
  const isGathered = useTogether(dossiers?.every(isDoorComplete) ?? false, dossiers !== undefined, PATIENCE);
  return (
    <div className="dossier">
      {connectionLost && !dossier.isFinished && <Alert kind="warning" title="Geen verbinding"><p>Wat nog niet is opgehaald, komt zodra de verbinding terug is. U kunt wel alvast schrijven.</p></Alert>}
      {dossiers === undefined ? (
        <>
          <div className="anw-card"><IdentityCard patient={undefined} stop={stop.patient} level={1} /></div>
          <Loading what="het dossier" />
        </>
      ) : (
        <>
          <div className={`door-columns door-columns--${Math.min(dossiers.length, 2)}`}>{dossiers.map((each, index) => <AtTheDoor key={each.visit} dossier={each} isFirst={index === 0} isGathered={isGathered} />)}</div>
          {isGathered && <><Practitioners dossiers={dossiers} /><Chapters dossiers={dossiers} /></>}
        </>
      )}
      <nav className="visit-bar" aria-label="Bij dit bezoek">
        <LinkButton to={`/bezoek/${stop.id}/schrijven`} kind="primary" icon={<PenLine size={20} />}>Schrijven</LinkButton>
        <WrittenLink visit={stop.id} />
        {stop.homeAccess && <LinkButton to={`/bezoek/${stop.id}/toegang`} icon={<KeyRound size={20} />}>Sleutel</LinkButton>}
      </nav>
    </div>
  );
}

/** Whether everything of it that matters at the door has come, or has been refused. */
function isDoorComplete({ grant, groups, refusal }: OpenDossier): boolean {
  return refusal !== undefined || doorItemsOf(grant).every(({ name }) => groups[name] !== undefined);
}

function doorItemsOf({ outline }: OpenDossier['grant']) {
  return outline.filter(({ chapter }) => chapter === AT_THE_DOOR);
}

function AtTheDoor({ dossier, isFirst, isGathered }: { readonly dossier: OpenDossier; readonly isFirst: boolean; readonly isGathered: boolean }) {
  const { stop, reopen } = useVisit();
  const now = useNow(60_000);
  const { visit, custodian, grant, lookedAt, patient, groups, refusal } = dossier;
  const id = `door-${visit}`;
  return (
    <section className="door" aria-labelledby={id}>
      <GrantLine grant={grant} custodian={custodian.name} />
      <div className="anw-card door-card">
        <IdentityCard patient={patient} stop={stop.patient} level={isFirst ? 1 : 2} />
        <h2 id={id} className="anw-visually-hidden">Aan de deur: {custodian.name}</h2>
        {refusal !== undefined && (
          <Alert kind="warning" title="Dit dossier kan niet worden geopend">
            <p>{refusal.message}</p>
            {refusal.reference !== undefined && <p className="anw-reference">Kenmerk: <code>{refusal.reference}</code></p>}
            <Button onClick={reopen}>Opnieuw proberen</Button>
          </Alert>
        )}
        {refusal === undefined && !isGathered && <Loading what="wat aan de deur telt" />}
        {refusal === undefined && isGathered && doorItemsOf(grant).map((item) => <DoorGroup key={item.name} visit={visit} item={item} group={groups[item.name]} />)}
        {lookedAt !== undefined && <p className="door-looked">Nieuw en gewijzigd is gemarkeerd sinds uw vorige blik, {formatInstant(lookedAt, now)}.</p>}
      </div>
    </section>
  );
}

/** Whom to ask about the care itself. */
function Practitioners({ dossiers }: { readonly dossiers: readonly OpenDossier[] }) {
  const names = [...new Set(dossiers.flatMap(({ patient }) => patient?.generalPractitioner ?? []))];
  return names.length === 0 ? null : <p className="door-practitioner"><Stethoscope aria-hidden="true" size={18} /> Huisarts: {names.join('; ')}</p>;
}

/** The rest, chapter by chapter; records of several custodians beside each other, each with its source. */
function Chapters({ dossiers }: { readonly dossiers: readonly OpenDossier[] }) {
  const open = dossiers.filter(({ refusal }) => refusal === undefined);
  const chapters = [...new Set(open.flatMap(({ grant }) => grant.outline.map(({ chapter }) => chapter)))].filter((chapter) => chapter !== AT_THE_DOOR);
  return (
    <>
      <nav className="chapter-links" aria-label="Hoofdstukken">
        <ul>{chapters.map((chapter) => <li key={chapter}><a href={`#${anchorOf(chapter)}`}>{chapter}</a></li>)}</ul>
      </nav>
      {chapters.map((chapter) => (
        <section key={chapter} id={anchorOf(chapter)} className="chapter" aria-labelledby={`${anchorOf(chapter)}-title`}>
          <h2 id={`${anchorOf(chapter)}-title`} className="nl-heading nl-heading--level-2">{chapter}</h2>
          <div className={`chapter-columns chapter-columns--${Math.min(open.length, 2)}`}>{open.map((dossier) => <ChapterOf key={dossier.visit} dossier={dossier} chapter={chapter} isAlone={open.length === 1} />)}</div>
        </section>
      ))}
    </>
  );
}

/** Groups with something in them; what is empty stands together in one line below. */
function ChapterOf({ dossier: { visit, custodian, grant, groups }, chapter, isAlone }: { readonly dossier: OpenDossier; readonly chapter: string; readonly isAlone: boolean }) {
  const items = grant.outline.filter((item) => item.chapter === chapter);
  const empty = items.filter(({ name }) => groups[name]?.state === 'empty');
  return (
    <div className="chapter-column">
      <h3 className={isAlone ? 'anw-visually-hidden' : 'nl-heading nl-heading--level-3'}>{custodian.name}</h3>
      <div className="groups">{items.filter((item) => !empty.includes(item)).map((item) => <GroupCard key={item.name} visit={visit} item={item} group={groups[item.name]} />)}</div>
      {empty.length > 0 && <p className="group-face">Niets vastgelegd bij {custodian.name}: {empty.map(({ title }) => title.toLowerCase()).join(', ')}.</p>}
    </div>
  );
}

function anchorOf(chapter: string): string {
  return `hoofdstuk-${chapter.toLowerCase()}`;
}

/** Titles of documents stay in the history of the browser: no name of a client. */
function useNeutralTitle(): void {
  useEffect(() => {
    const before = document.title;
    document.title = 'Dossier';
    return () => void (document.title = before);
  }, []);
}
