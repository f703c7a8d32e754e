import type { StatusRegister } from '@anw/credentials';
import type { AuditLog } from '@anw/audit';
import type { NotificationStores } from '@anw/notifications';
import {
  AlarmTimesTable,
  AuditLogTable,
  AuthorizationTable,
  CareRequestTable,
  CredentialStatusTable,
  DecisionTreeTable,
  HandoverTable,
  InboxTable,
  NightViewerTable,
  OutboxTable,
  ParkingTable,
  PartnerTable,
  PostcodeAreaTable,
  ReceivedAllowlistTable,
  ReceivedDutyTable,
  ShiftTable,
  type Transaction,
} from '@anw/persistence';
import type { PostcodeAreaStore, ShiftStore } from '@anw/scheduling';
import type { AlarmTimesStore, AuthorizationStore, CareRequestStore, DecisionTreeStore, HandoverStore, PartnerStore, ReceivedAllowlistStore, ReceivedDutyStore } from '@anw/triage';

/** What commits together at the regisseur. */
export interface RegisseurStores extends NotificationStores {
  readonly careRequests: CareRequestStore;
  readonly shifts: ShiftStore;
  readonly partners: PartnerStore;
  readonly allowlists: ReceivedAllowlistStore;
  readonly duties: ReceivedDutyStore;
  readonly authorizations: AuthorizationStore;
  readonly trees: DecisionTreeStore;
  readonly alarmTimes: AlarmTimesStore;
  readonly handovers: HandoverStore;
  readonly areas: PostcodeAreaStore;
  readonly viewers: NightViewerTable;
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
    trees: new DecisionTreeTable(tx),
    alarmTimes: new AlarmTimesTable(tx),
    handovers: new HandoverTable(tx),
    areas: new PostcodeAreaTable(tx),
    viewers: new NightViewerTable(tx),
    statuses: new CredentialStatusTable(tx),
    audit: new AuditLogTable(tx),
  };
}
