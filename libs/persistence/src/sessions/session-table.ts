import type { Session, SessionStore } from '@anw/identity';
import { OrganisationId } from '@anw/values';
import type { SystemTransaction } from '../database/database.js';
import { readStoredStaffUser, toStoredStaffUser } from './stored-staff-user.js';

/** Sessions of all organisations of the service: a cookie names no organisation, the session it opens does. */
export class SessionTable implements SessionStore {
  constructor(private readonly tx: SystemTransaction) {}

  async addSession({ hash, user, openedAt, lastSeenAt, expiresAt }: Session): Promise<void> {
    await this.tx.query(
      'INSERT INTO staff_session (organisation_id, hash, staff_user, opened_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)',
      [user.organisationId, hash, JSON.stringify(toStoredStaffUser(user)), openedAt, lastSeenAt, expiresAt],
    );
  }

  async findSession(hash: string): Promise<Session | undefined> {
    const [row] = await this.tx.query<SessionRow>(
      'SELECT organisation_id, hash, staff_user, opened_at, last_seen_at, expires_at FROM staff_session WHERE hash = $1',
      [hash],
      'session-find',
    );
    return row && fromRow(row);
  }

  async markSeen(hash: string, at: Date): Promise<void> {
    await this.tx.query('UPDATE staff_session SET last_seen_at = greatest(last_seen_at, $2) WHERE hash = $1', [hash, at]);
  }

  async endSession(hash: string): Promise<void> {
    await this.tx.query('DELETE FROM staff_session WHERE hash = $1', [hash]);
  }

  async deleteOld({ expiredBefore, idleSince }: Parameters<SessionStore['deleteOld']>[0]): Promise<number> {
    const gone = await this.tx.query('DELETE FROM staff_session WHERE expires_at < $1 OR last_seen_at < $2 RETURNING 1', [expiredBefore, idleSince]);
    return gone.length;
  }
}

interface SessionRow {
  readonly organisation_id: string;
  readonly hash: string;
  readonly staff_user: unknown;
  readonly opened_at: Date;
  readonly last_seen_at: Date;
  readonly expires_at: Date;
}

function fromRow(row: SessionRow): Session {
  const user = readStoredStaffUser(row.staff_user, OrganisationId.parse(row.organisation_id));
  return { hash: row.hash, user, openedAt: row.opened_at, lastSeenAt: row.last_seen_at, expiresAt: row.expires_at };
}
