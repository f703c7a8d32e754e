import type { SealedText, Sealing } from '@anw/persistence';
import type { OrganisationId } from '@anw/values';
import { hkdfSync } from 'node:crypto';
import { createKeyEncryption, KeyEncryptionKey } from './key-encryption.js';

/** Secrets of organisations at rest: each organisation's under keys of its own. */
export type OrganisationSealing = (organisation: OrganisationId) => Sealing;

export interface SealingKeys {
  readonly current: Uint8Array;
  /** What stored secrets may still be sealed with, while the one key is exchanged for the other. */
  readonly previous?: Uint8Array | undefined;
}

/**
 * AES-256-GCM with keys that are derived from the service's, one per organisation (HKDF, RFC 5869): a row that is moved to
 * another organisation does not open, and none of these keys seals a private key.
 */
export function createOrganisationSealing({ current, previous }: SealingKeys): OrganisationSealing {
  return (organisation) => {
    const encryption = createKeyEncryption(derive(current, organisation), previous === undefined ? [] : [derive(previous, organisation)]);
    return {
      seal: (text, context) => encryption.seal(Buffer.from(text, 'utf8'), context),
      open: ({ encryptionKeyId, sealed }, context) => Buffer.from(encryption.open(encryptionKeyId, sealed, context)).toString('utf8'),
      isOutdated: ({ encryptionKeyId }: SealedText) => encryptionKeyId !== encryption.currentKeyId,
    };
  };
}

function derive(key: Uint8Array, organisation: OrganisationId): KeyEncryptionKey {
  const derived = hkdfSync('sha256', key, organisation, 'anw organisation secrets', 32);
  return KeyEncryptionKey.parse(Buffer.from(derived).toString('base64'));
}
