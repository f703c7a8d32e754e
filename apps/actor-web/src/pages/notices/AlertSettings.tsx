import { Alert, ApiProblem, Button, Card, embeddedIn } from '@anw/web-ui';
import { Bell, BellOff, Volume2, VolumeX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { chime, chooseSound, wantsSound } from '../../live/chime.js';
import { type PushState, readPushState, renewPush, switchPushOff, switchPushOn } from './push.js';

/** How she hears of a new visit: by ear while the page is open, by a notice while it is not. */
export function AlertSettings() {
  return (
    <Card title="Hoe u een nieuw bezoek merkt" className="alert-settings">
      <Sound />
      {embeddedIn() === undefined && <Push />}
    </Card>
  );
}

function Sound() {
  const [isOn, setOn] = useState(wantsSound);
  const change = () => {
    chooseSound(!isOn);
    setOn(!isOn);
    chime();
  };
  return (
    <p className="anw-actions">
      <Button aria-pressed={isOn} icon={isOn ? <Volume2 size={20} /> : <VolumeX size={20} />} onClick={change}>{isOn ? 'Geluid staat aan' : 'Geluid staat uit'}</Button>
      <span className="anw-muted">Twee zachte tonen, zolang deze pagina open is.</span>
    </p>
  );
}

const FAILED = 'Meldingen aanzetten lukt in deze browser nu niet. Probeer het later opnieuw.';

function Push() {
  const [state, setState] = useState<PushState>();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    let isHere = true;
    void renewPush()
      .catch(() => undefined)
      .then(readPushState)
      .then((found) => isHere && setState(found));
    return () => void (isHere = false);
  }, []);
  if (state === undefined) return null;
  if (state === 'impossible') return <p className="anw-muted">Deze browser kan geen meldingen geven als de pagina dicht is.</p>;
  if (state === 'refused') return <p className="anw-muted">U heeft meldingen voor deze pagina geblokkeerd. Zet ze aan in de instellingen van uw browser als u ze wilt.</p>;
  const change = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      setState(await (state === 'on' ? switchPushOff() : switchPushOn()));
    } catch (error) {
      setFault(error instanceof ApiProblem ? (error.detail ?? error.title) : FAILED);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <p className="anw-actions">
        <Button aria-pressed={state === 'on'} busy={busy} icon={state === 'on' ? <Bell size={20} /> : <BellOff size={20} />} onClick={() => void change()}>{state === 'on' ? 'Meldingen staan aan' : 'Meldingen staan uit'}</Button>
        <span className="anw-muted">Ook als de pagina dicht is. De melding zegt niet om wie het gaat.</span>
      </p>
      {fault !== undefined && <Alert kind="error" title={fault} />}
    </>
  );
}
