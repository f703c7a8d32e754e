import type { SealedText } from '../sealing/sealing.js';
import type { Transaction } from '../database/database.js';

/** Where the record of the transaction's organisation lies; absent: in our own store. */
export class FhirSourceSettingTable {
  constructor(private readonly tx: Transaction) {}

  async findSource(): Promise<SealedText | undefined> {
    const [row] = await this.tx.query<{ encryption_key_id: string; sealed: Buffer }>('SELECT encryption_key_id, sealed FROM fhir_source WHERE organisation_id = $1', [this.tx.organisation], 'find-fhir-source');
    return row && { encryptionKeyId: row.encryption_key_id, sealed: row.sealed };
  }

  async saveSource({ encryptionKeyId, sealed }: SealedText, at: Date): Promise<void> {
    await this.tx.query(
      `INSERT INTO fhir_source (organisation_id, encryption_key_id, sealed, changed_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (organisation_id) DO UPDATE SET encryption_key_id = EXCLUDED.encryption_key_id, sealed = EXCLUDED.sealed, changed_at = EXCLUDED.changed_at`,
      [this.tx.organisation, encryptionKeyId, Buffer.from(sealed), at],
    );
  }

  /** Whether there was one. */
  async deleteSource(): Promise<boolean> {
    const rows = await this.tx.query('WITH gone AS (DELETE FROM fhir_source WHERE organisation_id = $1 RETURNING 1) SELECT * FROM gone', [this.tx.organisation]);
    return rows.length > 0;
  }
}
