import { Alert, formatTime } from '@anw/web-ui';
import { useDeskConnection } from './DeskEvents.js';

/** Says so when what stands on the page is no longer live. */
export function ConnectionLine() {
  const connection = useDeskConnection();
  if (connection?.state !== 'lost') return null;
  return (
    <Alert kind="warning" title={`Geen live verbinding sinds ${formatTime(connection.since)}`}>
      Wat u ziet, kan verouderd zijn. De pagina probeert het zelf opnieuw.
    </Alert>
  );
}
