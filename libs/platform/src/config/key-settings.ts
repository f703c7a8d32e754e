import { z } from 'zod';
import type { Settings } from './read-config.js';

const schema = z
  .object({ KEY_ENCRYPTION_KEY: z.base64({ error: 'is not base64' }).transform((text) => Buffer.from(text, 'base64')).refine((key) => key.length === 32, 'is not 32 bytes of base64') })
  .transform((environment) => ({
    /** AES-256 key that private keys are encrypted with at rest (design D4). */
    encryptionKey: environment.KEY_ENCRYPTION_KEY,
  }));

export type KeySettings = z.infer<typeof schema>;

export const keySettings: Settings<KeySettings> = { schema };
