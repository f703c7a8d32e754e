import { Did } from '@anw/values';
import type { Transaction } from '../database/database.js';

/** When each organisation that asked something of the transaction's organisation last did so, since that moment. */
export async function listLastSeen(tx: Transaction, since: Date): Promise<ReadonlyMap<Did, Date>> {
  const rows = await tx.query<{ did: string; at: Date }>(
    `SELECT party.did, max(e.at) AS at FROM audit_event e
     CROSS JOIN LATERAL (VALUES (e.actor), (CASE WHEN e.actor IS NULL THEN e.regisseur END)) AS party (did)
     WHERE e.organisation_id = $1 AND e.at >= $2 AND party.did IS NOT NULL AND e.name NOT IN ('allowlist.changed', 'enrolment.changed') GROUP BY party.did`,
    [tx.organisation, since],
  );
  return new Map(rows.map(({ did, at }) => [Did.parse(did), at]));
}
