import { DidUrl, OrganisationId } from '@anw/values';
import type { SystemTransaction, Transaction } from '../database/database.js';
import { SealedKeyEntity } from './key-entities.js';

/** A private key as it lies in the database: encrypted, with the name of the key that encrypted it. */
export interface SealedKey {
  readonly kid: DidUrl;
  readonly encryptionKeyId: string;
  readonly sealed: Uint8Array;
}

/** Encrypted private keys of one organisation. */
export class SealedKeyTable {
  constructor(private readonly tx: Transaction) {}

  async addSealedKey({ kid, encryptionKeyId, sealed }: SealedKey): Promise<void> {
    await this.tx.manager.insert(SealedKeyEntity, { organisationId: this.tx.organisation, kid, encryptionKeyId, sealed: Buffer.from(sealed) });
  }

  async findSealedKey(kid: DidUrl): Promise<SealedKey | undefined> {
    const row = await this.tx.manager.findOneBy(SealedKeyEntity, { organisationId: this.tx.organisation, kid });
    return row === null ? undefined : { kid, encryptionKeyId: row.encryptionKeyId, sealed: row.sealed };
  }

  async listSealedKeys(): Promise<readonly SealedKey[]> {
    const rows = await this.tx.manager.find(SealedKeyEntity, { where: { organisationId: this.tx.organisation }, order: { kid: 'ASC' } });
    return rows.map(({ kid, encryptionKeyId, sealed }) => ({ kid: DidUrl.parse(kid), encryptionKeyId, sealed }));
  }

  async replaceSealedKey({ kid, encryptionKeyId, sealed }: SealedKey): Promise<void> {
    await this.tx.manager.update(SealedKeyEntity, { organisationId: this.tx.organisation, kid }, { encryptionKeyId, sealed: Buffer.from(sealed) });
  }

  async deleteSealedKey(kid: DidUrl): Promise<void> {
    await this.tx.manager.delete(SealedKeyEntity, { organisationId: this.tx.organisation, kid });
  }
}

/** One sealed key of every encryption key in use, to see whether each of them can be opened. */
export async function sampleSealedKeys(tx: SystemTransaction): Promise<readonly (SealedKey & { readonly organisation: OrganisationId })[]> {
  const rows = await tx.query<{ organisation_id: string; kid: string; encryption_key_id: string; sealed: Buffer }>(
    'SELECT DISTINCT ON (encryption_key_id) organisation_id, kid, encryption_key_id, sealed FROM sealed_key ORDER BY encryption_key_id, organisation_id, kid',
  );
  return rows.map((row) => ({ organisation: OrganisationId.parse(row.organisation_id), kid: DidUrl.parse(row.kid), encryptionKeyId: row.encryption_key_id, sealed: row.sealed }));
}
