import type { StaffUser } from '@anw/identity';
import type { SystemTransaction, Transaction } from '../database/database.js';
import { readStoredStaffUser, toStoredStaffUser } from '../sessions/stored-staff-user.js';

/** What a one-time code stands for: a person, on the word of one care record system, and the visit that she wants to see. */
export interface Launch {
  /** hex SHA-256 of the code. */
  readonly hash: string;
  readonly client: string;
  readonly user: StaffUser;
  readonly visit?: string | undefined;
  readonly expiresAt: Date;
}

/** Of every organisation; answers how many. */
export async function forgetExpiredLaunches(tx: SystemTransaction, now: Date): Promise<number> {
  return (await tx.query('DELETE FROM launch_code WHERE expires_at <= $1 RETURNING 1', [now])).length;
}

/** Codes of the transaction's organisation that nobody used yet. */
export class LaunchCodeTable {
  constructor(private readonly tx: Transaction) {}

  async addLaunch({ hash, client, user, visit, expiresAt }: Launch): Promise<void> {
    await this.tx.query('INSERT INTO launch_code (organisation_id, hash, client_id, staff_user, visit, expires_at) VALUES ($1, $2, $3, $4, $5, $6)', [this.tx.organisation, hash, client, JSON.stringify(toStoredStaffUser(user)), visit ?? null, expiresAt], 'launch-code-add');
  }

  /** The first who asks gets it, and nobody after her. */
  async takeLaunch(hash: string, now: Date): Promise<Launch | undefined> {
    const [row] = await this.tx.query<Row>('DELETE FROM launch_code WHERE organisation_id = $1 AND hash = $2 RETURNING hash, client_id, staff_user, visit, expires_at', [this.tx.organisation, hash], 'launch-code-take');
    if (row === undefined || row.expires_at <= now) return undefined;
    return { hash: row.hash, client: row.client_id, user: readStoredStaffUser(row.staff_user, this.tx.organisation), visit: row.visit ?? undefined, expiresAt: row.expires_at };
  }
}

interface Row {
  readonly hash: string;
  readonly client_id: string;
  readonly staff_user: unknown;
  readonly visit: string | null;
  readonly expires_at: Date;
}
