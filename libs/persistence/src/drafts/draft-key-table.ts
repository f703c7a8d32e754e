import { DidUrl } from '@anw/values';
import type { Transaction } from '../database/database.js';

/** The key of one authorization's drafts as it lies in the database: encrypted, with the name of the key that encrypted it. */
export interface SealedDraftKey {
  readonly authorization: DidUrl;
  readonly encryptionKeyId: string;
  readonly sealed: Uint8Array;
}

interface Row {
  readonly authorization_id: string;
  readonly encryption_key_id: string;
  readonly sealed: Buffer;
}

/** Keys of the drafts of one organisation. */
export class DraftKeyTable {
  constructor(private readonly tx: Transaction) {}

  /** Of two that are added at once the first stays; answers which it is. */
  async addDraftKey({ authorization, encryptionKeyId, sealed }: SealedDraftKey): Promise<SealedDraftKey> {
    const [added] = await this.tx.query<Row>(
      'INSERT INTO draft_key (organisation_id, authorization_id, encryption_key_id, sealed) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING authorization_id, encryption_key_id, sealed',
      [this.tx.organisation, authorization, encryptionKeyId, Buffer.from(sealed)],
      'add-draft-key',
    );
    const kept = added === undefined ? await this.findDraftKey(authorization) : fromRow(added);
    if (kept === undefined) throw new Error('the key of an authorization that has just ended');
    return kept;
  }

  async findDraftKey(authorization: DidUrl): Promise<SealedDraftKey | undefined> {
    const [row] = await this.tx.query<Row>(
      'SELECT authorization_id, encryption_key_id, sealed FROM draft_key WHERE organisation_id = $1 AND authorization_id = $2',
      [this.tx.organisation, authorization],
      'find-draft-key',
    );
    return row && fromRow(row);
  }

  /** Those that another encryption key than this one holds; locked, so that none of them goes meanwhile. */
  async listOutdated(currentKeyId: string): Promise<readonly SealedDraftKey[]> {
    const rows = await this.tx.query<Row>('SELECT authorization_id, encryption_key_id, sealed FROM draft_key WHERE organisation_id = $1 AND encryption_key_id <> $2 FOR UPDATE', [this.tx.organisation, currentKeyId]);
    return rows.map(fromRow);
  }

  async replaceDraftKey({ authorization, encryptionKeyId, sealed }: SealedDraftKey): Promise<void> {
    await this.tx.query('UPDATE draft_key SET encryption_key_id = $3, sealed = $4 WHERE organisation_id = $1 AND authorization_id = $2', [this.tx.organisation, authorization, encryptionKeyId, Buffer.from(sealed)]);
  }

  async deleteDraftKey(authorization: DidUrl): Promise<void> {
    await this.tx.query('DELETE FROM draft_key WHERE organisation_id = $1 AND authorization_id = $2', [this.tx.organisation, authorization]);
  }
}

function fromRow({ authorization_id, encryption_key_id, sealed }: Row): SealedDraftKey {
  return { authorization: DidUrl.parse(authorization_id), encryptionKeyId: encryption_key_id, sealed };
}
