import { type ChainEnd, sealLog } from '@anw/audit';
import { type Clock, OrganisationId } from '@anw/values';
import type { Database, SystemTransaction } from '../database/database.js';
import { LogChainTable } from './log-chain-table.js';
import { findSettledSequence, lastSequence } from './settled-rows.js';

export interface SealedLogs {
  /** `elsewhere`: another process of this service is sealing. `unsettled`: transactions that hold rows go on for too long. */
  readonly outcome: 'sealed' | 'elsewhere' | 'unsettled';
  readonly rows: number;
  /** Every row up to this number has been sealed; to be handed over at the next call. */
  readonly through: number;
}

export interface SealLogsOptions {
  readonly clock: Clock;
  /** What the last call gave back, or 0. */
  readonly through: number;
  /** How long to wait for transactions that hold rows. */
  readonly patienceMilliseconds: number;
}

/** Holds for a transaction: one process of a service seals at a time. */
const SEALING_LOCK = 7_263_302;

/** Puts the rows of all organisations that have settled into their chains. Safe to run in every process of a service at once. */
export async function sealLogs(database: Database, { clock, through, patienceMilliseconds }: SealLogsOptions): Promise<SealedLogs> {
  return database.acrossOrganisations(async (tx) => {
    if ((await lastSequence(tx)) === through) return { outcome: 'sealed', rows: 0, through };
    const [lock] = await tx.query<{ ours: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS ours', [SEALING_LOCK]);
    if (lock?.ours !== true) return { outcome: 'elsewhere', rows: 0, through };
    const settled = await findSettledSequence(tx, patienceMilliseconds);
    if (settled === undefined) return { outcome: 'unsettled', rows: 0, through };
    let rows = 0;
    for (const { organisation, end } of await listUnsealed(tx, settled)) {
      const chain = new LogChainTable({ ...tx, organisation });
      rows += await sealLog({ organisation, end, listRows: (range) => chain.listRows(range), addLink: (link) => chain.addLink(link) }, settled, clock);
    }
    return { outcome: 'sealed', rows, through: settled };
  });
}

interface UnsealedRow {
  readonly organisation_id: string;
  readonly position: string | null;
  readonly through: string | null;
  readonly hash: Buffer | null;
}

/** The organisations with rows up to `settled` that are not in their chain, each with the end of its chain. */
async function listUnsealed(tx: SystemTransaction, settled: number): Promise<readonly { readonly organisation: OrganisationId; readonly end: ChainEnd | undefined }[]> {
  const rows = await tx.query<UnsealedRow>(
    `SELECT o.organisation_id, l.position, l.through, l.hash
     FROM organisation o
     LEFT JOIN LATERAL (SELECT position, through, hash FROM audit_link l WHERE l.organisation_id = o.organisation_id ORDER BY position DESC LIMIT 1) l ON true
     WHERE EXISTS (SELECT 1 FROM audit_event e WHERE e.organisation_id = o.organisation_id AND e.sequence > coalesce(l.through, 0) AND e.sequence <= $1)`,
    [settled],
    'audit-unsealed',
  );
  return rows.map(({ organisation_id, position, through, hash }) => ({
    organisation: OrganisationId.parse(organisation_id),
    end: hash === null ? undefined : { position: Number(position), through: Number(through), hash },
  }));
}
