import { z } from 'zod';
import type { Settings } from './read-config.js';
import { isLoopback } from './setting-types.js';

const schema = z
  .object({ NATS_URL: z.url({ protocol: /^(nats|tls)$/, error: 'is not a nats:// or tls:// URL' }).optional() })
  .transform((environment) => ({
    /** Absent: the region runs on the HTTPS channel alone (design D12). */
    url: environment.NATS_URL,
  }));

export type BusSettings = z.infer<typeof schema>;

export const busSettings: Settings<BusSettings> = {
  schema,
  insecure: ({ url }) => (url === undefined || url.startsWith('tls:') || isLoopback(url) ? [] : ['NATS_URL: the connection leaves this machine without TLS']),
};
