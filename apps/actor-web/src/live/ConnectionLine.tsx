import { formatTime } from '@anw/web-ui';
import { LoaderCircle, Wifi, WifiOff } from 'lucide-react';
import { useLive } from './LiveRoute.js';
import './connection-line.css';

/** Always in sight: whether what she sees is what is so now. */
export function ConnectionLine() {
  const { connection: { state, since } } = useLive();
  if (state === 'live') return <p className="anw-connection anw-connection--live"><Wifi aria-hidden="true" size={18} /> Verbonden: nieuwe bezoeken verschijnen vanzelf</p>;
  if (state === 'connecting') return <p className="anw-connection"><LoaderCircle aria-hidden="true" size={18} /> Verbinding maken…</p>;
  return (
    <p className="anw-connection anw-connection--lost" role="alert">
      <WifiOff aria-hidden="true" size={18} />
      <span><strong>Geen verbinding sinds {formatTime(since)}.</strong> U ziet nu geen nieuwe of vervallen bezoeken. Wij proberen het vanzelf opnieuw. Bel de regisseur als het dringend is.</span>
    </p>
  );
}
