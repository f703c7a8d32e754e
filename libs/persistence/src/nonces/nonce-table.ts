import type { NonceStore } from '@anw/credentials';
import type { Did } from '@anw/values';
import type { UnwaitingTransaction, SystemTransaction } from '../database/database.js';

/** Nonces that were used at the transaction's organisation, in PostgreSQL: shared by all replicas of a service. */
export class NonceTable implements NonceStore {
  constructor(private readonly tx: UnwaitingTransaction) {}

  /** The primary key decides; who comes second waits for the first and is told by its outcome. */
  async useNonce(holder: Did, nonce: string, forgetAfter: Date): Promise<boolean> {
    const stored = await this.tx.query(
      'INSERT INTO presentation_nonce (organisation_id, holder, nonce, forget_after) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1',
      [this.tx.organisation, holder, nonce, forgetAfter],
      'use-nonce',
    );
    return stored.length === 1;
  }
}

/** Forgets the nonces of presentations that can no longer be shown, of every organisation; answers how many. */
export async function deleteOldNoncesEverywhere(tx: SystemTransaction, now: Date): Promise<number> {
  const [row] = await tx.query<{ deleted: string }>('WITH gone AS (DELETE FROM presentation_nonce WHERE forget_after < $1 RETURNING 1) SELECT count(*) AS deleted FROM gone', [now]);
  return Number(row?.deleted ?? 0);
}
