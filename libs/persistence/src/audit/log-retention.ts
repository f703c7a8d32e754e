import type { Transaction } from '../database/database.js';

/** Rows of one calendar year (UTC) whose period of retention is over. */
export interface ExpiredYear {
  readonly year: number;
  readonly rows: number;
}

/** What could go of the organisation's log: counted, never deleted. */
export async function countExpiredRows(tx: Transaction, before: Date): Promise<readonly ExpiredYear[]> {
  const rows = await tx.query<{ year: string; rows: string }>(
    `SELECT extract(year FROM at AT TIME ZONE 'UTC') AS year, count(*) AS rows FROM audit_event WHERE organisation_id = $1 AND at < $2 GROUP BY 1 ORDER BY 1`,
    [tx.organisation, before],
  );
  return rows.map(({ year, rows: count }) => ({ year: Number(year), rows: Number(count) }));
}
