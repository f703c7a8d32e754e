import type { ReceivedAuthorizationStore } from '@anw/authorization';
import type { AuditLog } from '@anw/audit';
import type { NotificationStores } from '@anw/notifications';
import { AuditLogTable, InboxTable, OutboxTable, ParkingTable, raiseSignal, ReceivedAuthorizationTable, ShiftTable, type Transaction } from '@anw/persistence';
import type { ShiftStore } from '@anw/scheduling';
import { type DidUrl, fragmentOf } from '@anw/values';

/** What commits together at the actor. */
export interface ActorStores extends NotificationStores {
  readonly received: ReceivedAuthorizationStore;
  readonly shifts: ShiftStore;
  readonly audit: AuditLog;
  /** Tells the pages of every process that this visit came or went. */
  readonly signal: (authorization: DidUrl) => Promise<void>;
}

export function actorStores(tx: Transaction): ActorStores {
  return {
    inbox: new InboxTable(tx),
    outbox: new OutboxTable(tx),
    parking: new ParkingTable(tx),
    received: new ReceivedAuthorizationTable(tx),
    shifts: new ShiftTable(tx),
    audit: new AuditLogTable(tx),
    signal: (authorization) => raiseSignal(tx, 'visit_route', { organisation: tx.organisation, id: fragmentOf(authorization) }),
  };
}
