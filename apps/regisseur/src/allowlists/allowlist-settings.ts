import { positiveInteger, type Settings } from '@anw/platform';
import { z } from 'zod';

const schema = z
  .object({
    ALLOWLIST_REFRESH_SECONDS: positiveInteger.default(300),
    ALLOWLIST_MAX_AGE_SECONDS: positiveInteger.default(900),
  })
  .refine((environment) => environment.ALLOWLIST_REFRESH_SECONDS <= environment.ALLOWLIST_MAX_AGE_SECONDS, { message: 'must be at most ALLOWLIST_MAX_AGE_SECONDS', path: ['ALLOWLIST_REFRESH_SECONDS'] })
  .transform((environment) => ({
    /** Rows are fetched again after this long, when the custodian has not said earlier that they changed. */
    refreshSeconds: environment.ALLOWLIST_REFRESH_SECONDS,
    /** Older rows are stale: nothing is sent on them. */
    maxAgeSeconds: environment.ALLOWLIST_MAX_AGE_SECONDS,
  }));

export type AllowlistSettings = z.infer<typeof schema>;

export const allowlistSettings: Settings<AllowlistSettings> = { schema };

/** `AllowlistSettings` */
export const ALLOWLIST_SETTINGS = Symbol('AllowlistSettings');
