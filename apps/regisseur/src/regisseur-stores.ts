import type { StatusRegister } from '@anw/credentials';
import type { AuditLog } from '@anw/audit';
import type { NotificationStores } from '@anw/notifications';
import {
  AuditLogTable,
  AuthorizationTable,
  CareRequestTable,
  CredentialStatusTable,
  InboxTable,
  OutboxTable,
  ParkingTable,
  PartnerTable,
  ReceivedAllowlistTable,
  ReceivedDutyTable,
  ShiftTable,
  type Transaction,
} from '@anw/persistence';
import type { ShiftStore } from '@anw/scheduling';
import type { AuthorizationStore, CareRequestStore, PartnerStore, ReceivedAllowlistStore, ReceivedDutyStore } from '@anw/triage';

/** What commits together at the regisseur. */
export interface RegisseurStores extends NotificationStores {
  readonly careRequests: CareRequestStore;
  readonly shifts: ShiftStore;
  readonly partners: PartnerStore;
  readonly allowlists: ReceivedAllowlistStore;
  readonly duties: ReceivedDutyStore;
  readonly authorizations: AuthorizationStore;
  readonly statuses: StatusRegister;
  readonly audit: AuditLog;
}

export function regisseurStores(tx: Transaction): RegisseurStores {
  return {
    inbox: new InboxTable(tx),
    outbox: new OutboxTable(tx),
    parking: new ParkingTable(tx),
    careRequests: new CareRequestTable(tx),
    shifts: new ShiftTable(tx),
    partners: new PartnerTable(tx),
    allowlists: new ReceivedAllowlistTable(tx),
    duties: new ReceivedDutyTable(tx),
    authorizations: new AuthorizationTable(tx),
    statuses: new CredentialStatusTable(tx),
    audit: new AuditLogTable(tx),
  };
}
