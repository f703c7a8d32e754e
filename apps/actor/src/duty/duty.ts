import type { AuditLog } from '@anw/audit';
import type { Organisation } from '@anw/identity';
import { AuditLogTable, Database, KnownRegisseurTable, ShiftTable } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import { type KnownRegisseurStore, type Shift, type ShiftStore, whoIsOnDuty } from '@anw/scheduling';
import type { Clock, Did, OrganisationId } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';

/** What commits together where an actor keeps who is on duty. */
export interface DutyStores {
  readonly shifts: ShiftStore;
  readonly regisseurs: KnownRegisseurStore;
  readonly audit: AuditLog;
}

/** Who is on duty at the actors of this service, and which regisseurs hear of it. */
@Injectable()
export class Duty {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  transaction<T>(organisation: OrganisationId, work: (stores: DutyStores) => Promise<T>): Promise<T> {
    return this.database.withOrganisation(organisation, (tx) => work({ shifts: new ShiftTable(tx), regisseurs: new KnownRegisseurTable(tx), audit: new AuditLogTable(tx) }));
  }

  /** Who is on duty now; that the regisseur heard of it is in the log before it does. */
  async tell({ id, did }: Organisation, regisseur: Did): Promise<readonly Shift[]> {
    const now = this.clock();
    return this.transaction(id, async ({ shifts, audit }) => {
      const running = await shifts.listShifts({ from: now, until: new Date(now.getTime() + 1) });
      await audit.append({ id: randomUUID(), name: 'practitioners.read', outcome: 'success', at: now, actor: did, regisseur });
      return whoIsOnDuty(running, now);
    });
  }
}
