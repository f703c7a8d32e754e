import { z } from 'zod';
import type { Settings } from './read-config.js';
import { commaSeparated, positiveInteger } from './setting-types.js';

const schema = z
  .object({ OUTBOUND_INTERNAL_HOSTS: commaSeparated.default([]), OUTBOUND_TIMEOUT_MILLISECONDS: positiveInteger.default(5_000) })
  .transform((environment) => ({
    /** Host name patterns, such as `*.localhost`, that may resolve to internal addresses. */
    internalHosts: environment.OUTBOUND_INTERNAL_HOSTS as readonly string[],
    timeoutMilliseconds: environment.OUTBOUND_TIMEOUT_MILLISECONDS,
  }));

export type OutboundSettings = z.infer<typeof schema>;

export const outboundSettings: Settings<OutboundSettings> = {
  schema,
  insecure: ({ internalHosts }) => (internalHosts.length === 0 ? [] : ['OUTBOUND_INTERNAL_HOSTS: partners could make this service call internal addresses']),
};
