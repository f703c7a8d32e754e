import type { ReceivedAuthorizationStore } from '@anw/authorization';
import type { AuditLog } from '@anw/audit';
import type { NotificationStores, PushNotice } from '@anw/notifications';
import { AuditLogTable, DossierLookTable, DraftKeyTable, DraftTable, InboxTable, OutboxTable, ParkingTable, PushMessageTable, PushSubscriptionTable, raiseSignal, ReceivedAuthorizationTable, ShiftTable, type Transaction } from '@anw/persistence';
import type { ShiftStore } from '@anw/scheduling';
import { type DidUrl, type EmployeeIdentifier, fragmentOf } from '@anw/values';

/** What commits together at the actor. */
export interface ActorStores extends NotificationStores {
  readonly received: ReceivedAuthorizationStore;
  readonly shifts: ShiftStore;
  readonly audit: AuditLog;
  /** What ends with a visit; while it lasts its drafts are `SealedDrafts`. */
  readonly drafts: Pick<DraftTable, 'endDrafts' | 'forgetWarnings' | 'countUndelivered'>;
  readonly draftKeys: Pick<DraftKeyTable, 'deleteDraftKey'>;
  /** Browsers that hear of it while no page is open; nobody named: every nurse's. */
  readonly pushNotice: (notice: PushNotice, practitioner: EmployeeIdentifier | undefined, at: Date) => Promise<void>;
  readonly pushSubscriptions: Pick<PushSubscriptionTable, 'forgetOfPractitioner'>;
  /** When nurses looked into a dossier; goes with the visit. */
  readonly looks: DossierLookTable;
  /** Tells the pages of every process that this draft stands somewhere else. */
  readonly signalDraft: (id: string) => Promise<void>;
  /** Tells the pages of every process that this visit came, lasts longer or went. */
  readonly signal: (visit: DidUrl) => Promise<void>;
}

export function actorStores(tx: Transaction): ActorStores {
  return {
    inbox: new InboxTable(tx),
    outbox: new OutboxTable(tx),
    parking: new ParkingTable(tx),
    received: new ReceivedAuthorizationTable(tx),
    shifts: new ShiftTable(tx),
    audit: new AuditLogTable(tx),
    drafts: new DraftTable(tx),
    draftKeys: new DraftKeyTable(tx),
    pushNotice: (notice, practitioner, at) => new PushMessageTable(tx).queueNotice(notice, practitioner, at),
    pushSubscriptions: new PushSubscriptionTable(tx),
    looks: new DossierLookTable(tx),
    signalDraft: (id) => raiseSignal(tx, 'draft', { organisation: tx.organisation, id }),
    signal: (visit) => raiseSignal(tx, 'visit_route', { organisation: tx.organisation, id: fragmentOf(visit) }),
  };
}
