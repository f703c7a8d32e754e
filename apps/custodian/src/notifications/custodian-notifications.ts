import type { AuditLog } from '@anw/audit';
import type { RevocationStore } from '@anw/authorization';
import { isToOneself, type NotificationEffect, type NotificationEffects, type NotificationStores, UnacceptableNotificationError } from '@anw/notifications';
import { AuditLogTable, InboxTable, OutboxTable, ParkingTable, RevocationTable, type Transaction } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import { NotificationHandling } from '@anw/service-core';
import { type Clock, didOf, DidUrl } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';

interface CustodianNotificationStores extends NotificationStores {
  readonly revocations: RevocationStore;
  readonly audit: AuditLog;
}

/** Nothing to do: whoever wrote it down has told us already. Nobody but ourselves tells what came into our records. */
const onlyOurOwn: NotificationEffect<CustodianNotificationStores> = {
  prepare: async (event) => {
    if (!isToOneself(event)) throw new UnacceptableNotificationError('unacceptable');
  },
  apply: async () => undefined,
};

/** What a custodian hears: from a regisseur, that an authorization was revoked, before any status list says so (design D10); and its own word to its own systems, as it comes around. */
@Injectable()
export class CustodianNotifications extends NotificationHandling<CustodianNotificationStores> {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {
    super();
  }

  readonly effects: NotificationEffects<CustodianNotificationStores> = { 'nl.anw.authorization.revoked.v1': this.revoked(), 'nl.anw.dossier.enriched.v1': onlyOurOwn };

  stores(tx: Transaction): CustodianNotificationStores {
    return { inbox: new InboxTable(tx), outbox: new OutboxTable(tx), parking: new ParkingTable(tx), revocations: new RevocationTable(tx), audit: new AuditLogTable(tx) };
  }

  /** Only the issuer can revoke: the event's signer must be the DID in the authorization's id. */
  private revoked(): NotificationEffect<CustodianNotificationStores, DidUrl> {
    return {
      prepare: async (event) => {
        const authorization = DidUrl.safeParse(event.subject);
        if (!authorization.success || didOf(authorization.data) !== event.source) throw new UnacceptableNotificationError('unacceptable');
        return authorization.data;
      },
      apply: async ({ revocations, audit }, event, authorization) => {
        await revocations.addRevocation(authorization, event.source, this.clock());
        await audit.append({ id: randomUUID(), name: 'authorization.revoked', outcome: 'success', at: this.clock(), regisseur: event.source, authorization });
      },
    };
  }
}
