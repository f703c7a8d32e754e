import { type KeyState, keyStates, type OrganisationKey, PublicKeyJwk } from '@anw/identity';
import { DidUrl } from '@anw/values';
import { z } from 'zod';
import type { Transaction } from '../database/database.js';
import { SigningKeyEntity, type SigningKeyRow } from './key-entities.js';

/** The public facts of a key, and which key vault holds its private half. */
export interface StoredKey extends OrganisationKey {
  readonly vault: string;
}

const KnownState = z.enum(keyStates);

/** Keys of one organisation. */
export class SigningKeyTable {
  constructor(private readonly tx: Transaction) {}

  async addKey(key: StoredKey): Promise<void> {
    await this.tx.manager.insert(SigningKeyEntity, { organisationId: this.tx.organisation, ...key });
  }

  async findKey(kid: DidUrl): Promise<StoredKey | undefined> {
    const row = await this.tx.manager.findOneBy(SigningKeyEntity, { organisationId: this.tx.organisation, kid });
    return row === null ? undefined : toKey(row);
  }

  /** Newest first; of two that sign from the same moment on, the one made last. */
  async listKeys(): Promise<readonly StoredKey[]> {
    const rows = await this.tx.manager.find(SigningKeyEntity, { where: { organisationId: this.tx.organisation }, order: { signFrom: 'DESC', createdAt: 'DESC', kid: 'ASC' } });
    return rows.map(toKey);
  }

  async changeState(kid: DidUrl, state: KeyState): Promise<void> {
    await this.tx.manager.update(SigningKeyEntity, { organisationId: this.tx.organisation, kid }, { state });
  }

  /** Makes those who change this organisation's keys at the same time do so one after another. */
  async lockKeys(): Promise<void> {
    await this.tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`signing keys of ${this.tx.organisation}`]);
  }
}

function toKey({ kid, vault, publicKeyJwk, state, signFrom }: SigningKeyRow): StoredKey {
  return { kid: DidUrl.parse(kid), vault, publicKeyJwk: PublicKeyJwk.parse(publicKeyJwk), state: KnownState.parse(state), signFrom };
}
