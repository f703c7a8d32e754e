import type { DutyAnswer, PractitionerTold, ReceivedDuty, ReceivedDutyStore } from '@anw/triage';
import { Did } from '@anw/values';
import { z } from 'zod';
import type { Transaction } from '../database/database.js';

const Failure = z.enum(['unreachable', 'unreadable', 'refused', 'limited']);

/** What actors told the transaction's organisation of who is on duty, in PostgreSQL. */
export class ReceivedDutyTable implements ReceivedDutyStore {
  constructor(private readonly tx: Transaction) {}

  /** An answer that was overtaken on its way changes nothing. */
  async saveAnswer(answer: DutyAnswer): Promise<void> {
    const { actor, attemptedAt } = answer;
    const failure = 'failure' in answer ? answer.failure : null;
    const newest = await this.tx.query(
      `INSERT INTO received_duty AS known (organisation_id, actor, fetched_at, attempted_at, failure) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (organisation_id, actor) DO UPDATE SET fetched_at = COALESCE(EXCLUDED.fetched_at, known.fetched_at), attempted_at = EXCLUDED.attempted_at, failure = EXCLUDED.failure
       WHERE known.attempted_at <= EXCLUDED.attempted_at
       RETURNING actor`,
      [this.tx.organisation, actor, failure === null ? attemptedAt : null, attemptedAt, failure],
    );
    if (newest.length === 0 || 'failure' in answer) return;
    for (const told of answer.practitioners) await this.saveShift(actor, told, attemptedAt);
    await this.tx.query('UPDATE shift SET absent_since = $3 WHERE organisation_id = $1 AND actor = $2 AND told_at < $3 AND absent_since IS NULL AND ends_at > $3', [this.tx.organisation, actor, attemptedAt]);
  }

  async listDuties(): Promise<readonly ReceivedDuty[]> {
    const rows = await this.tx.query<{ actor: string; fetched_at: Date | null; attempted_at: Date; failure: string | null }>('SELECT * FROM received_duty WHERE organisation_id = $1 ORDER BY actor', [this.tx.organisation]);
    return rows.map(({ actor, fetched_at, attempted_at: attemptedAt, failure }) => ({
      actor: Did.parse(actor),
      attemptedAt,
      ...(fetched_at !== null && { fetchedAt: fetched_at }),
      ...(failure !== null && { failure: Failure.parse(failure) }),
    }));
  }

  /** An id that another actor or the regisseur's own planning made stays theirs. */
  private async saveShift(actor: Did, { shift, identifier, name, roleName, district, startArea, until }: PractitionerTold, at: Date): Promise<void> {
    await this.tx.query(
      `INSERT INTO shift AS known (organisation_id, id, practitioner, practitioner_name, role_name, actor, district, starts_at, ends_at, told_at, start_area)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, $10)
       ON CONFLICT (organisation_id, id) DO UPDATE SET practitioner = EXCLUDED.practitioner, practitioner_name = EXCLUDED.practitioner_name, role_name = EXCLUDED.role_name,
         district = EXCLUDED.district, start_area = EXCLUDED.start_area, ends_at = EXCLUDED.ends_at, told_at = EXCLUDED.told_at, absent_since = NULL
       WHERE known.actor = EXCLUDED.actor AND known.told_at IS NOT NULL`,
      [this.tx.organisation, shift, identifier, name, roleName, actor, district ?? null, at, until, startArea ?? null],
    );
  }
}
