import type { Session } from '@anw/identity';
import { AuditLogTable, type Database, SessionTable } from '@anw/persistence';
import { randomUUID } from 'node:crypto';
import { type StaffRefusal, StaffSessions } from './staff-sessions.js';

/** Sessions in the service's own database; a login and its row in the log commit together (design D17). */
export class DatabaseSessions extends StaffSessions {
  constructor(private readonly database: Database) {
    super();
  }

  async open(session: Session, query?: string): Promise<void> {
    const { user, openedAt } = session;
    await this.database.withOrganisation(user.organisationId, async (tx) => {
      await new SessionTable(tx).addSession(session);
      const practitioner = { identifier: user.identifier, name: user.name, roleName: user.roleName };
      await new AuditLogTable(tx).append({ id: randomUUID(), name: 'user.logged-in', outcome: 'success', at: openedAt, practitioner, query });
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

  async logRefusal({ organisationId, event, reason, at, reference, user, query }: StaffRefusal): Promise<void> {
    const practitioner = user && { identifier: user.identifier, name: user.name, roleName: user.roleName };
    await this.database.withOrganisation(organisationId, (tx) =>
      new AuditLogTable(tx).append({ id: randomUUID(), name: event, outcome: 'minor-failure', at, practitioner, reason, reference, query }),
    );
  }
}
