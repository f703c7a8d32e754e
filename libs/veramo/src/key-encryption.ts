import { createHash } from 'node:crypto';
import { z } from 'zod';
import { openBytes, sealBytes } from './sealing.js';

/** A key that encrypts private keys, as it stands in the environment: 32 bytes in base64. */
export const KeyEncryptionKey = z
  .base64()
  .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
  .refine((bytes) => bytes.length === 32, 'must be 32 bytes in base64')
  .brand<'KeyEncryptionKey'>();
export type KeyEncryptionKey = z.infer<typeof KeyEncryptionKey>;

/** Encrypts and decrypts small secrets at rest. `context` is not stored and must be the same both times. */
export interface KeyEncryption {
  /** Name of the key that new secrets are sealed with; tells nothing about the key. */
  readonly currentKeyId: string;
  seal(secret: Uint8Array, context: string): { readonly encryptionKeyId: string; readonly sealed: Uint8Array };
  /** @throws KeyEncryptionError */
  open(encryptionKeyId: string, sealed: Uint8Array, context: string): Uint8Array;
}

export type KeyEncryptionFailure = 'unknown-encryption-key' | 'tampered';

/** Private keys cannot be read: the environment holds another encryption key than the one they were sealed with, or the row was changed. */
export class KeyEncryptionError extends Error {
  override readonly name = 'KeyEncryptionError';
  constructor(
    readonly code: KeyEncryptionFailure,
    readonly encryptionKeyId: string,
    options?: ErrorOptions,
  ) {
    super(`${explanations[code]} (encryption key ${encryptionKeyId})`, options);
  }
}

const explanations: Record<KeyEncryptionFailure, string> = {
  'unknown-encryption-key': 'stored private keys were sealed with an encryption key that is not configured',
  tampered: 'a stored private key was changed, or belongs to another organisation or key',
};

/**
 * AES-256-GCM, each secret with a nonce of its own.
 * To rotate, make the new key `current` and name the old one in `previous` until everything has been sealed anew.
 */
export function createKeyEncryption(current: KeyEncryptionKey, previous: readonly KeyEncryptionKey[] = []): KeyEncryption {
  const keys = new Map([...previous, current].map((key) => [keyIdOf(key), key]));
  const currentKeyId = keyIdOf(current);
  return {
    currentKeyId,
    seal(secret, context) {
      return { encryptionKeyId: currentKeyId, sealed: sealBytes(current, secret, context) };
    },
    open(encryptionKeyId, sealed, context) {
      const key = keys.get(encryptionKeyId);
      if (key === undefined) throw new KeyEncryptionError('unknown-encryption-key', encryptionKeyId);
      return decrypt(key, encryptionKeyId, sealed, context);
    },
  };
}

function decrypt(key: KeyEncryptionKey, encryptionKeyId: string, sealed: Uint8Array, context: string): Uint8Array {
  try {
    return openBytes(key, sealed, context);
  } catch (cause) {
    throw new KeyEncryptionError('tampered', encryptionKeyId, { cause });
  }
}

/** Follows from the key, so that a configuration cannot pair a name with the wrong key. */
function keyIdOf(key: KeyEncryptionKey): string {
  return createHash('sha256').update('anw key encryption key').update(key).digest('hex').slice(0, 16);
}
