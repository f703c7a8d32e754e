import { setTimeout as sleep } from 'node:timers/promises';
import type { SystemTransaction } from '../database/database.js';

const POLL_MILLISECONDS = 5;

/**
 * A row number below which no row can appear any more, or undefined when that cannot be said within `patience`.
 *
 * Rows take their number when they are inserted and become visible when they commit, which is another order: a row with
 * a lower number may still come. Whoever takes a number already holds the table's row lock, and keeps it until its
 * commit is visible or it is rolled back. So: first read how far the numbering has come, then who holds that lock, and
 * wait for exactly those. Whoever comes later takes higher numbers. (CREATE INDEX CONCURRENTLY waits the same way. A
 * comparison of transaction ids would not do: a number is taken a moment before the id is, and ids start anew when a
 * database is restored elsewhere.) Nobody waits for us: reading locks takes none.
 */
export async function findSettledSequence(tx: SystemTransaction, patienceMilliseconds: number): Promise<number | undefined> {
  const sequence = await lastSequence(tx);
  let writers = await listWriters(tx);
  const deadline = performance.now() + patienceMilliseconds;
  while (writers.length > 0) {
    if (performance.now() >= deadline) return undefined;
    await sleep(POLL_MILLISECONDS);
    const still = new Set(await listWriters(tx));
    writers = writers.filter((writer) => still.has(writer));
  }
  return sequence;
}

/** The last number that was given out, to whichever organisation; 0 when none was. */
export async function lastSequence(tx: SystemTransaction): Promise<number> {
  const [row] = await tx.query<{ last: string | null }>(`SELECT pg_sequence_last_value(pg_get_serial_sequence('audit_event', 'sequence')::regclass) AS last`, [], 'audit-last-sequence');
  return Number(row?.last ?? 0);
}

/** Virtual ids of the transactions that have inserted, or are about to insert, into the log. */
async function listWriters(tx: SystemTransaction): Promise<readonly string[]> {
  const rows = await tx.query<{ writer: string }>(
    `SELECT DISTINCT virtualtransaction AS writer FROM pg_locks
     WHERE locktype = 'relation' AND granted AND mode = 'RowExclusiveLock' AND relation = 'audit_event'::regclass
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [],
    'audit-writers',
  );
  return rows.map(({ writer }) => writer);
}
