import { NightView } from '@anw/api-contracts';
import { Alert, useAsk } from '@anw/web-ui';
import { Link } from 'react-router';
import { deskKeys } from '../../events/DeskEvents.js';

/** Somebody else at the desk, or another tab, sent a nurse for this call while it stood open here: heard live, before a second one goes. */
export function AlreadySent({ careRequest }: { readonly careRequest: string }) {
  const { data } = useAsk([...deskKeys.night, 'now'], '/api/night', NightView, { staleTime: 15_000, refetchInterval: 60_000 });
  const visit = data?.careRequests.find((one) => one.careRequest.id === careRequest && one.state === 'assigned')?.authorizations.find(({ state }) => state === 'valid');
  if (visit === undefined) return null;
  return (
    <Alert kind="warning" title="Voor deze melding is al iemand onderweg">
      <p>
        <Link className="nl-link" to={`/bezoeken/${visit.id}`}>
          {visit.practitioner.name} naar {visit.patient.name}
        </Link>
      </p>
      <p>Verstuurt u ook, dan gaat er nog iemand. Wilt u iemand anders sturen? Doe dat bij het bezoek.</p>
    </Alert>
  );
}
