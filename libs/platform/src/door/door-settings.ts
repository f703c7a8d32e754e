import { z } from 'zod';
import type { Settings } from '../config/read-config.js';
import { baseUrl, isLoopback, port } from '../config/setting-types.js';

/** Where a door listens. */
export interface Listen {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
}

const schema = z
  .object({
    PARTNER_PORT: port,
    PARTNER_HOST: z.string().default('0.0.0.0'),
    PARTNER_URL: baseUrl('https'),
    STAFF_PORT: port,
    STAFF_HOST: z.string().default('0.0.0.0'),
    STAFF_URL: baseUrl('http', 'https'),
    OPERATOR_PORT: port,
    // Loopback: nobody administers this service from elsewhere by accident (design D3).
    OPERATOR_HOST: z.string().default('127.0.0.1'),
  })
  .transform((environment) => ({
    partner: {
      listen: { host: environment.PARTNER_HOST, port: environment.PARTNER_PORT } satisfies Listen,
      /** As partners reach it, no trailing slash. */
      url: environment.PARTNER_URL,
    },
    staff: { listen: { host: environment.STAFF_HOST, port: environment.STAFF_PORT } satisfies Listen, url: environment.STAFF_URL },
    operator: { listen: { host: environment.OPERATOR_HOST, port: environment.OPERATOR_PORT } satisfies Listen },
  }));

export type DoorSettings = z.infer<typeof schema>;

export const doorSettings: Settings<DoorSettings> = {
  schema,
  insecure: ({ staff }) => (staff.url.startsWith('http:') ? [`STAFF_URL: session cookies travel without TLS${isLoopback(staff.url) ? ', fit for a developer’s machine only' : ''}`] : []),
};
