import { HomeAccessReasons, VisitRouteView } from '@anw/api-contracts';
import { Alert, Button, CountDown, LinkButton, PageTitle, ProblemAlert, QueryFaces, useAsk } from '@anw/web-ui';
import { ArrowLeft, EyeOff, KeyRound } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useParams } from 'react-router';
import { ROUTE_KEY, ROUTE_PATH, useRouteEvents } from '../../live/LiveRoute.js';
import { type HomeAccess, type HomeAccessReason, useHomeAccess } from './use-home-access.js';
import './home-access.css';

/** How to get into a home: she says why, sees it for a minute, and then it is gone. */
export function HomeAccessPage() {
  const { visit = '' } = useParams();
  const { access, look, hide } = useHomeAccess(visit);
  // What was shown of a visit that is over goes with it.
  useRouteEvents((event) => {
    if (event.type === 'visit-withdrawn' && event.id === visit) hide();
  });
  const route = useAsk(ROUTE_KEY, ROUTE_PATH, VisitRouteView);
  return (
    <>
      <PageTitle>Toegang tot de woning</PageTitle>
      <QueryFaces query={route} what="het bezoek">
        {({ stops }) => {
          const stop = stops.find(({ id }) => id === visit);
          if (stop === undefined) return <Gone />;
          if (!stop.homeAccess) return <Alert kind="warning" title="Bij dit bezoek is geen toegang meegegeven"><p>Vraag de regisseur om hulp als u niet binnenkomt.</p></Alert>;
          return (
            <>
              <p className="nl-paragraph"><strong>{stop.patient.name}</strong>{stop.patient.address !== undefined && <> · {stop.patient.address}</>}</p>
              {access.state === 'shown' ? <Shown access={access} onHide={hide} /> : <Ask access={access} onLook={look} />}
            </>
          );
        }}
      </QueryFaces>
      <LinkButton to="/" kind="subtle" icon={<ArrowLeft size={20} />}>Terug naar de route</LinkButton>
    </>
  );
}

function Gone() {
  return <Alert kind="warning" title="Dit bezoek staat niet (meer) op uw route"><p>De autorisatie is voorbij of ingetrokken. Bel de regisseur als u toch naar binnen moet.</p></Alert>;
}

function Shown({ access: { description, until }, onHide }: { readonly access: Extract<HomeAccess, { state: 'shown' }>; readonly onHide: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="home-access" aria-labelledby="home-access-title">
      <h2 id="home-access-title" ref={heading} tabIndex={-1} className="nl-heading nl-heading--level-3">Zo komt u binnen</h2>
      <p className="home-access-words">{description}</p>
      <p className="home-access-left">Verdwijnt over <strong><CountDown until={until} over="0:00" /></strong></p>
      <Button kind="primary" icon={<EyeOff size={20} />} onClick={onHide}>Nu verbergen</Button>
    </section>
  );
}

function Ask({ access, onLook }: { readonly access: HomeAccess; readonly onLook: (reason: HomeAccessReason) => Promise<void> }) {
  const reasons = useAsk(['/api/home-access-reasons'], '/api/home-access-reasons', HomeAccessReasons, { staleTime: Infinity });
  const [reason, setReason] = useState<HomeAccessReason>();
  const [isMissing, setMissing] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (access.state === 'asking') return;
    setMissing(reason === undefined);
    if (reason === undefined) first.current?.focus();
    else void onLook(reason);
  };
  return (
    <form onSubmit={submit} noValidate className="anw-form">
      {access.state === 'hidden' && access.because === 'over' && <Alert kind="info" title="De minuut is voorbij"><p>De gegevens zijn van uw scherm en uit deze pagina gewist.</p></Alert>}
      {access.state === 'hidden' && access.because === 'away' && <Alert kind="info" title="Verborgen"><p>U verliet de pagina. Daarom zijn de gegevens gewist.</p></Alert>}
      {access.state === 'refused' && <ProblemAlert problem={access.problem} />}
      <QueryFaces query={reasons} what="de redenen">
        {({ reasons: choices }) => (
          <fieldset className={`anw-fieldset${isMissing ? ' utrecht-form-field--invalid' : ''}`} aria-describedby="home-access-hint home-access-fault">
            <legend className="home-access-legend">Waarom moet u dit weten?</legend>
            <p id="home-access-hint" className="anw-muted">Uw naam, het tijdstip en de reden komen in het logboek van uw organisatie en van de bronhouder.</p>
            <p id="home-access-fault" className="utrecht-form-field-description--invalid">{isMissing && 'Kies eerst een reden.'}</p>
            <div className="anw-choices">
              {choices.map((choice, index) => (
                <label key={choice.reason} className="anw-choice home-access-choice">
                  <input ref={index === 0 ? first : undefined} type="radio" name="reason" value={choice.reason} checked={reason === choice.reason} onChange={() => { setReason(choice.reason); setMissing(false); }} />
                  <span>{choice.label}</span>
                </label>
              ))}
            </div>
          </fieldset>
        )}
      </QueryFaces>
      <Button type="submit" kind="primary" busy={access.state === 'asking'} icon={<KeyRound size={20} />}>Toon één minuut</Button>
    </form>
  );
}
