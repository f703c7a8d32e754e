import { z } from 'zod';
import type { Settings } from './read-config.js';
import { secretKey } from './setting-types.js';

const schema = z.object({ KEY_ENCRYPTION_KEY: secretKey, KEY_ENCRYPTION_KEY_PREVIOUS: secretKey.optional() }).transform((environment) => ({
  /** AES-256 key that private keys are encrypted with at rest (design D4). */
  encryptionKey: environment.KEY_ENCRYPTION_KEY,
  /** Another that stored keys may still be encrypted with, while the one is exchanged for the other. */
  previousEncryptionKey: environment.KEY_ENCRYPTION_KEY_PREVIOUS,
}));

export type KeySettings = z.infer<typeof schema>;

export const keySettings: Settings<KeySettings> = { schema };
