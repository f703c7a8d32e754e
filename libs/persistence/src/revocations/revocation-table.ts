import type { RevocationStore } from '@anw/authorization';
import type { Did, DidUrl } from '@anw/values';
import type { Transaction } from '../database/database.js';

/** Pushed revocations that reached the transaction's organisation, in PostgreSQL. */
export class RevocationTable implements RevocationStore {
  constructor(private readonly tx: Transaction) {}

  /** A repeat keeps the first time. */
  async addRevocation(authorization: DidUrl, issuer: Did, at: Date): Promise<void> {
    await this.tx.query('INSERT INTO pushed_revocation (organisation_id, issuer, authorization_id, revoked_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
      this.tx.organisation,
      issuer,
      authorization,
      at,
    ]);
  }

  async isRevoked(authorization: DidUrl, issuer: Did): Promise<boolean> {
    const rows = await this.tx.query(
      'SELECT 1 FROM pushed_revocation WHERE organisation_id = $1 AND issuer = $2 AND authorization_id = $3',
      [this.tx.organisation, issuer, authorization],
      'is-revoked',
    );
    return rows.length === 1;
  }
}
