import { DraftKeyTable, type SealedDraftKey, type Transaction } from '@anw/persistence';
import type { DidUrl, OrganisationId } from '@anw/values';
import { randomBytes } from 'node:crypto';
import type { KeyEncryption } from './key-encryption.js';
import { openBytes, sealBytes } from './sealing.js';

/** The key of one authorization's drafts, in memory for as long as a transaction. */
export interface DraftKey {
  /** @param draft its id: bytes that are moved to another draft do not open. */
  seal(bytes: Uint8Array, draft: string): Uint8Array;
  /** @throws DraftUnreadableError */
  open(sealed: Uint8Array, draft: string): Uint8Array;
}

/** The content of a draft was sealed with another key, or changed since. */
export class DraftUnreadableError extends Error {
  override readonly name = 'DraftUnreadableError';
  readonly code = 'draft-unreadable';
}

/** Keys that drafts are encrypted with, one for each authorization of the transaction's organisation. */
export interface DraftKeys {
  /** Of an authorization that is held; made when it has none yet. */
  keyFor(authorization: DidUrl): Promise<DraftKey>;
  /** Undefined when it has none, or none any more. */
  findKey(authorization: DidUrl): Promise<DraftKey | undefined>;
  /** What was sealed with it cannot be read by anybody from the commit on, wherever a copy of it lies. */
  destroyKey(authorization: DidUrl): Promise<void>;
  /** Seals with the current encryption key what a previous one still holds; answers how many. */
  resealKeys(): Promise<number>;
}

const KEY_BYTES = 32;

export function createDraftKeys(tx: Transaction, encryption: KeyEncryption): DraftKeys {
  const table = new DraftKeyTable(tx);
  const opened = ({ authorization, encryptionKeyId, sealed }: SealedDraftKey) => draftKey(encryption.open(encryptionKeyId, sealed, keyContext(tx.organisation, authorization)), tx.organisation, authorization);
  return {
    async keyFor(authorization) {
      const known = await table.findDraftKey(authorization);
      if (known !== undefined) return opened(known);
      return opened(await table.addDraftKey({ authorization, ...encryption.seal(randomBytes(KEY_BYTES), keyContext(tx.organisation, authorization)) }));
    },
    async findKey(authorization) {
      const known = await table.findDraftKey(authorization);
      return known && opened(known);
    },
    destroyKey: (authorization) => table.deleteDraftKey(authorization),
    async resealKeys() {
      const outdated = await table.listOutdated(encryption.currentKeyId);
      for (const { authorization, encryptionKeyId, sealed } of outdated) {
        const context = keyContext(tx.organisation, authorization);
        await table.replaceDraftKey({ authorization, ...encryption.seal(encryption.open(encryptionKeyId, sealed, context), context) });
      }
      return outdated.length;
    },
  };
}

function draftKey(key: Uint8Array, organisation: OrganisationId, authorization: DidUrl): DraftKey {
  const contextOf = (draft: string) => `${organisation} ${authorization} ${draft}`;
  return {
    seal: (bytes, draft) => sealBytes(key, bytes, contextOf(draft)),
    open(sealed, draft) {
      try {
        return openBytes(key, sealed, contextOf(draft));
      } catch (cause) {
        throw new DraftUnreadableError('a draft does not open with the key of its authorization', { cause });
      }
    },
  };
}

function keyContext(organisation: OrganisationId, authorization: DidUrl): string {
  return `draft key ${organisation} ${authorization}`;
}
