import { VisitRouteView } from '@anw/api-contracts';
import { useAsk, useMe } from '@anw/web-ui';
import { useEffect } from 'react';
import { ROUTE_KEY, ROUTE_PATH, useRouteEvents } from '../live/LiveRoute.js';
import { deviceVault, watchDevice } from './device.js';

/** On whichever page she is: what she wrote goes when it can, lasts as long as its visit, and what ended is forgotten. Shows nothing. */
export function WatchDevice() {
  const { organisation, identifier } = useMe();
  const { data: route } = useAsk(ROUTE_KEY, ROUTE_PATH, VisitRouteView);
  useEffect(() => watchDevice(`${organisation}/${identifier}`), [organisation, identifier]);
  useEffect(() => {
    for (const { id, period } of route?.stops ?? []) void deviceVault().then((vault) => vault.keepUntil(id, period.until));
  }, [route]);
  useRouteEvents((event) => {
    if (event.type === 'visit-withdrawn') void deviceVault().then((vault) => vault.forgetVisit(event.id));
  });
  return null;
}
