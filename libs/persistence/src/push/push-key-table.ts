import type { Transaction } from '../database/database.js';
import type { SealedText } from '../sealing/sealing.js';

/** The key pair by which push services know an organisation (RFC 8292), its private half as it lies in the database. */
export interface SealedPushKey extends SealedText {
  /** base64url, uncompressed point. */
  readonly publicKey: string;
}

/** The push key of the transaction's organisation. */
export class PushKeyTable {
  constructor(private readonly tx: Transaction) {}

  async findPushKey(): Promise<SealedPushKey | undefined> {
    const [row] = await this.tx.query<{ public_key: string; encryption_key_id: string; sealed: Buffer }>('SELECT public_key, encryption_key_id, sealed FROM push_key WHERE organisation_id = $1', [this.tx.organisation], 'find-push-key');
    return row && { publicKey: row.public_key, encryptionKeyId: row.encryption_key_id, sealed: row.sealed };
  }

  /** Of two that are added at once the first stays: read it again. */
  async addPushKey({ publicKey, encryptionKeyId, sealed }: SealedPushKey): Promise<void> {
    await this.tx.query('INSERT INTO push_key (organisation_id, public_key, encryption_key_id, sealed) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [this.tx.organisation, publicKey, encryptionKeyId, Buffer.from(sealed)]);
  }

  /** The same key under another seal. */
  async resealPushKey({ publicKey, encryptionKeyId, sealed }: SealedPushKey): Promise<void> {
    await this.tx.query('UPDATE push_key SET encryption_key_id = $3, sealed = $4 WHERE organisation_id = $1 AND public_key = $2', [this.tx.organisation, publicKey, encryptionKeyId, Buffer.from(sealed)]);
  }
}
