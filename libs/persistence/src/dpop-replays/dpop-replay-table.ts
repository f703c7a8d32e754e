import type { DpopReplayStore } from '@anw/authorization';
import { createHash } from 'node:crypto';
import type { SystemTransaction, Transaction } from '../database/database.js';

/** DPoP proofs that were shown to the transaction's organisation, in PostgreSQL: shared by all replicas of a service. */
export class DpopReplayTable implements DpopReplayStore {
  constructor(private readonly tx: Transaction) {}

  /** The primary key decides; who comes second waits for the first and is told by its outcome. */
  async useProof(thumbprint: string, jti: string, forgetAfter: Date): Promise<boolean> {
    const stored = await this.tx.query(
      'INSERT INTO dpop_replay (organisation_id, thumbprint, jti_hash, forget_after) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1',
      [this.tx.organisation, thumbprint, hashOf(jti), forgetAfter],
      'use-dpop-proof',
    );
    return stored.length === 1;
  }
}

/** Forgets the proofs that are too old to be shown again, of every organisation; answers how many. */
export async function deleteOldDpopReplaysEverywhere(tx: SystemTransaction, now: Date): Promise<number> {
  const [row] = await tx.query<{ deleted: string }>('WITH gone AS (DELETE FROM dpop_replay WHERE forget_after < $1 RETURNING 1) SELECT count(*) AS deleted FROM gone', [now]);
  return Number(row?.deleted ?? 0);
}

/** A `jti` is any text the caller likes, also one that PostgreSQL cannot keep. */
function hashOf(jti: string): Buffer {
  return createHash('sha256').update(jti).digest();
}
