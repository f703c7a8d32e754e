import { z } from 'zod';
import type { Settings } from './read-config.js';
import { isLoopback, positiveInteger } from './setting-types.js';

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'is not a postgres:// URL' });

const schema = z
  .object({ DATABASE_URL: postgresUrl, DATABASE_OWNER_URL: postgresUrl.optional(), DATABASE_POOL_SIZE: positiveInteger.default(10) })
  .transform((environment) => ({
    /** Connection string of the application role. */
    url: environment.DATABASE_URL,
    /** Connection string of the owning role, when this process migrates. */
    ownerUrl: environment.DATABASE_OWNER_URL,
    poolSize: environment.DATABASE_POOL_SIZE,
  }));

export type DatabaseSettings = z.infer<typeof schema>;

export const databaseSettings: Settings<DatabaseSettings> = {
  schema,
  insecure: ({ url, ownerUrl }) => [
    ...(isEncryptedOrLocal(url) ? [] : ['DATABASE_URL: the connection leaves this machine without sslmode=verify-full']),
    ...(ownerUrl === undefined || isEncryptedOrLocal(ownerUrl) ? [] : ['DATABASE_OWNER_URL: the connection leaves this machine without sslmode=verify-full']),
  ],
};

function isEncryptedOrLocal(url: string): boolean {
  return isLoopback(url) || ['verify-full', 'verify-ca'].includes(new URL(url).searchParams.get('sslmode') ?? '');
}
