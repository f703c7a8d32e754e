import type { HandoverView } from '@anw/api-contracts';
import type { ShownHandover } from '../handovers/handovers.js';
import { toAuthorizationView, toCareRequestView } from './views.js';

/** A handover as the desk's pages read it. */
export function toHandoverView({ handover, careRequests, authorizations }: ShownHandover, now: Date): HandoverView {
  const { id, from, writtenAt, remark, items, accepted } = handover;
  return {
    id,
    from,
    writtenAt: writtenAt.toISOString(),
    ...(remark !== undefined && { remark }),
    items: items.flatMap(({ careRequest: named, note }) => {
      const careRequest = careRequests.get(named);
      const authorization = authorizations.get(named);
      return careRequest === undefined ? [] : [{ careRequest: toCareRequestView(careRequest), ...(authorization && { authorization: toAuthorizationView(authorization, now) }), ...(note !== undefined && { note }) }];
    }),
    ...(accepted && { acceptedBy: accepted.by, acceptedAt: accepted.at.toISOString() }),
  };
}
