import { type NotificationEffect, UnacceptableNotificationError } from '@anw/notifications';
import { type Clock, didOf, DidUrl } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { ActorStores } from '../actor-stores.js';
import { withdrawVisit } from '../visits/withdraw-visit.js';

export interface AuthorizationRevokedPorts {
  readonly clock: Clock;
  /** Called before the transaction: what memory holds under this authorization goes first. */
  readonly forget: (authorization: DidUrl) => void;
}

/** A regisseur revokes its authorization: the actor's copy goes now (design §2 step 7). Only the issuer can say so. */
export function authorizationRevoked(ports: AuthorizationRevokedPorts): NotificationEffect<ActorStores, DidUrl> {
  return {
    prepare: async (event) => {
      const authorization = DidUrl.safeParse(event.subject);
      if (!authorization.success || didOf(authorization.data) !== event.source) throw new UnacceptableNotificationError('unacceptable');
      ports.forget(authorization.data);
      return authorization.data;
    },
    apply: async (stores, event, authorization) => {
      const { held } = await withdrawVisit(stores, { authorization, actor: event.data.recipient, reason: 'revoked', at: ports.clock() });
      await stores.audit.append({
        id: randomUUID(),
        name: 'authorization.wiped',
        outcome: 'success',
        at: ports.clock(),
        actor: event.data.recipient,
        regisseur: event.source,
        authorization,
        reason: held ? 'revoked' : 'revoked-before-it-arrived',
      });
    },
  };
}
