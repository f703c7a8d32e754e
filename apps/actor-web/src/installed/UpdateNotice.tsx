import { Alert, Button } from '@anw/web-ui';
import { RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLive } from '../live/LiveRoute.js';
import { keptSoFar } from '../offline/index.js';
import { lookForUpdate, onUpdate, type TakeUpdate } from './service-worker-updates.js';

/** A newer version waits until she has a hand free: nothing reloads under her fingers. */
export function UpdateNotice() {
  const [update, setUpdate] = useState<{ readonly take: TakeUpdate }>();
  const { state } = useLive().connection;
  useEffect(() => onUpdate((take) => setUpdate({ take })), []);
  // A service that has a newer version was restarted: the connection went and came back.
  useEffect(() => {
    if (state === 'live') lookForUpdate();
  }, [state]);
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && lookForUpdate();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  if (update === undefined) return null;
  return (
    <Alert kind="info" title="Er is een nieuwe versie van deze pagina’s">
      <p>Vernieuw als u even een hand vrij heeft. Wat u heeft getypt, blijft bewaard.</p>
      <Button icon={<RefreshCw size={20} />} onClick={() => void keptSoFar().then(update.take)}>Vernieuwen</Button>
    </Alert>
  );
}
