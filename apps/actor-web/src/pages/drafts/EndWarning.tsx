import { Alert, CountDown, useNow } from '@anw/web-ui';
import { useVisit } from '../dossier/Visit.js';
import { standingOf } from './draft-standing.js';
import type { VisitDraft } from './use-visit-drafts.js';

/** The server warns of what it has a quarter of an hour before the end; what is on this device alone it does not know of. */
const WARNING_MILLISECONDS = 15 * 60_000;

/** Before the authorization ends: what is not in the record by then is gone. */
export function EndWarning({ drafts }: { readonly drafts: readonly VisitDraft[] }) {
  const { stop } = useVisit();
  const now = useNow(10_000);
  const open = drafts.filter((draft) => standingOf(draft) !== 'accepted');
  const left = new Date(stop.period.until).getTime() - now.getTime();
  if (open.length === 0 || left > WARNING_MILLISECONDS) return null;
  return (
    <Alert kind="warning" announce="alert" title={open.length === 1 ? 'Eén invoer is nog niet ontvangen' : `${open.length} invoeren zijn nog niet ontvangen`}>
      <p>Uw toegang eindigt over <CountDown until={stop.period.until} />. Wat dan niet is ontvangen, kan niet meer worden verzonden en wordt gewist. Verzend het nu, of geef het mondeling door.</p>
    </Alert>
  );
}
