import type { Session } from '@anw/identity';
import { AuditLogTable, type Database, SessionTable } from '@anw/persistence';
import { randomUUID } from 'node:crypto';
import { StaffSessions } from './staff-sessions.js';

/** Sessions in the service's own database; a login and its row in the log commit together (design D17). */
export class DatabaseSessions extends StaffSessions {
  constructor(private readonly database: Database) {
    super();
  }

  async open(session: Session): Promise<void> {
    const { user } = session;
    await this.database.withOrganisation(user.organisationId, async (tx) => {
      await new SessionTable(tx).addSession(session);
      await new AuditLogTable(tx).append({
        id: randomUUID(),
        name: 'user.logged-in',
        outcome: 'success',
        at: session.openedAt,
        practitioner: { identifier: user.identifier, name: user.name, roleName: user.roleName },
      });
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

  /** Forgets what no longer holds; called now and then. Answers how many sessions that were. */
  deleteOld(now: Date, idleMilliseconds: number): Promise<number> {
    return this.database.acrossOrganisations((tx) => new SessionTable(tx).deleteOld({ expiredBefore: now, idleSince: new Date(now.getTime() - idleMilliseconds) }));
  }
}
