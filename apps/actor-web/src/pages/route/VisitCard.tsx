import type { VisitStopView } from '@anw/api-contracts';
import { Badge, CountDown, formatAge, formatDate, formatInstant, formatTime, LinkButton, TimeAgo, useNow } from '@anw/web-ui';
import { CalendarClock, FolderOpen, Hourglass, KeyRound, MapPin, Navigation, PhoneIncoming, Siren, Sparkles } from 'lucide-react';
import type { ReactNode } from 'react';
import { navigationUrl } from './address-link.js';
import './visit-card.css';

/** One visit: who, where, why, whose records, how long still. `beside`: the records of other custodians. */
export function VisitCard({ stop, beside, isFresh }: { readonly stop: VisitStopView; readonly beside: readonly VisitStopView[]; readonly isFresh: boolean }) {
  const now = useNow(30_000);
  const { id, patient, note, kind, urgency, visitWindow, period, regisseur, openedAt, receivedAt, extendedAt } = stop;
  const records = [stop, ...beside];
  const hasBegun = new Date(period.from) <= now;
  const title = `visit-${id}`;
  return (
    <article className={`visit visit--${kind ?? 'unknown'} visit--${urgency}${isFresh ? ' visit--fresh' : ''}`} aria-labelledby={title}>
      <div className="visit-marks">
        {openedAt === undefined && <Badge tone="info" icon={<Sparkles size={16} />}>Nieuw</Badge>}
        {urgency === 'urgent' && <Badge tone="error" icon={<Siren size={16} />}>Spoed</Badge>}
        {urgency === 'soon' && <Badge tone="warning">Snel</Badge>}
        <Kind kind={kind} />
        <span className="visit-came"><TimeAgo at={receivedAt} /></span>
      </div>
      <h2 id={title} className="nl-heading nl-heading--level-3 visit-name">{patient.name}</h2>
      <p className="visit-birth">{formatAge(patient.birthDate, now)} · geboren {formatDate(patient.birthDate)}</p>
      <p className="visit-note">{note}</p>
      <dl className="visit-facts">
        <Fact icon={<MapPin size={20} />} term="Adres">{patient.address !== undefined ? <span className="visit-address">{patient.address}</span> : <span className="anw-muted">Niet meegegeven. Vraag de regisseur, of kijk in het dossier.</span>}</Fact>
        <Fact icon={<CalendarClock size={20} />} term="Bezoek">{windowOf(visitWindow, now)}</Fact>
        <Fact icon={<FolderOpen size={20} />} term={beside.length === 0 ? 'Dossier van' : 'Dossiers van'}>{records.map(({ custodian }) => custodian.name).join(' en ')}</Fact>
        <Fact icon={<Hourglass size={20} />} term="Toegang"><TimeLeft period={period} now={now} />{extendedAt !== undefined && <span className="visit-extended">Verlengd om {formatTime(extendedAt)}</span>}</Fact>
      </dl>
      <div className="visit-actions">
        <LinkButton kind="primary" to={`/bezoek/${id}`}>{hasBegun ? 'Dossier openen' : 'Bezoek bekijken'}</LinkButton>
        {patient.address !== undefined && (
          <a className="nl-button nl-button--secondary" href={navigationUrl(patient.address)} target="_blank" rel="noopener noreferrer">
            <span className="nl-button__icon-start" aria-hidden="true"><Navigation size={20} /></span>
            <span className="nl-button__label">Navigeer<span className="anw-visually-hidden"> naar {patient.name}, opent in een ander venster</span></span>
          </a>
        )}
        {hasBegun && records.filter(({ homeAccess }) => homeAccess).map((record) => (
          <LinkButton key={record.id} to={`/bezoek/${record.id}/toegang`} icon={<KeyRound size={20} />}>Sleutel{beside.length > 0 && ` bij ${record.custodian.name}`}<span className="anw-visually-hidden">: toegang tot de woning van {patient.name}</span></LinkButton>
        ))}
      </div>
      <p className="visit-origin">Gestuurd door {regisseur.name}</p>
    </article>
  );
}

/** Minutes before the end in which what she has not written yet gets urgent. */
const NEAR_MINUTES = 15;

function TimeLeft({ period: { from, until }, now }: { readonly period: VisitStopView['period']; readonly now: Date }) {
  if (new Date(from) > now) return <>vanaf {formatInstant(from, now)}</>;
  const isNear = Date.parse(until) - now.getTime() <= NEAR_MINUTES * 60_000;
  if (isNear) return <Badge tone="warning" icon={<Hourglass size={16} />}>nog <CountDown until={until} /> (tot {formatTime(until)})</Badge>;
  return <>nog <CountDown until={until} /> (tot {formatTime(until)})</>;
}

function Kind({ kind }: Pick<VisitStopView, 'kind'>) {
  if (kind === 'planned') return <Badge icon={<CalendarClock size={16} />}>Gepland</Badge>;
  if (kind === 'unplanned') return <Badge icon={<PhoneIncoming size={16} />}>Oproep</Badge>;
  return null;
}

function Fact({ icon, term, children }: { readonly icon: ReactNode; readonly term: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt><span aria-hidden="true">{icon}</span> {term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** `vandaag 02:00 tot 03:30`. */
function windowOf({ from, until }: VisitStopView['visitWindow'], now: Date): string {
  return `${formatInstant(from, now)} tot ${formatTime(until)}`;
}
