import { commaSeparated, type Settings } from '@anw/platform';
import { z } from 'zod';

/** The push services of the browsers that nurses use: Chrome and Edge on Android, Firefox, Safari, Edge on Windows. */
const KNOWN_PUSH_SERVICES = 'fcm.googleapis.com,*.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com';

const schema = z
  .object({
    PUSH_SERVICES: commaSeparated.default(KNOWN_PUSH_SERVICES.split(',')),
    PUSH_CONTACT: z.string().regex(/^(mailto:[^@\s]+@[^@\s]+|https:\/\/\S+)$/, 'is no mailto: or https: address').optional(),
  })
  .transform((environment) => ({
    /** Hosts at which notices may be posted, whatever endpoint a browser gives. */
    services: environment.PUSH_SERVICES as readonly string[],
    /** Whom a push service can reach about our notices (RFC 8292 §2.1); absent: the partner door's address. */
    contact: environment.PUSH_CONTACT,
  }));

export type PushSettings = z.infer<typeof schema>;

export const pushSettings: Settings<PushSettings> = {
  schema,
  insecure: ({ services }) => services.filter((pattern) => !pattern.replace(/^\*\./, '').includes('.')).map((pattern) => `PUSH_SERVICES: ${pattern} lets a browser name any host`),
};

/** `PushSettings` */
export const PUSH_SETTINGS = Symbol('PushSettings');
/** `OutboundFetch` towards push services: public addresses, public certificate authorities, no certificate of ours. */
export const PUSH_FETCH = Symbol('OutboundFetch to push services');
