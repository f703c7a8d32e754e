import type { Session } from '@anw/identity';
import { AuditLogTable, Database, SessionTable } from '@anw/persistence';
import { StaffSessions } from '@anw/platform';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';

/** Logins of the staff door in PostgreSQL: they survive a restart. */
@Injectable()
export class StoredStaffSessions extends StaffSessions {
  constructor(@Inject(Database) private readonly database: Database) {
    super();
  }

  async open(session: Session): Promise<void> {
    const { user } = session;
    await this.database.withOrganisation(user.organisationId, async (tx) => {
      await new SessionTable(tx).addSession(session);
      const practitioner = { identifier: user.identifier, name: user.name, roleName: user.roleName };
      await new AuditLogTable(tx).append({ id: randomUUID(), name: 'user.logged-in', outcome: 'success', at: session.openedAt, practitioner });
    });
  }

  find(hash: string): Promise<Session | undefined> {
    return this.database.acrossOrganisations((tx) => new SessionTable(tx).findSession(hash));
  }

  async markSeen(hash: string, at: Date): Promise<void> {
    await this.database.acrossOrganisations((tx) => new SessionTable(tx).markSeen(hash, at));
  }

  async end(hash: string): Promise<void> {
    await this.database.acrossOrganisations((tx) => new SessionTable(tx).endSession(hash));
  }
}
