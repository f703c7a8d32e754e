import type { FastifyHelmetOptions } from '@fastify/helmet';
import type { DoorName } from './open-door.js';

const nothing = ["'none'"];
const self = ["'self'"];

/** What browsers are told per door: machines' doors allow nothing at all, the staff door its own pages and no one else's frame. */
export function securityHeaders(door: DoorName, https: boolean): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives:
        door === 'staff'
          ? { defaultSrc: self, objectSrc: nothing, baseUri: nothing, frameAncestors: nothing, formAction: self, imgSrc: ["'self'", 'data:'] }
          : { defaultSrc: nothing, frameAncestors: nothing },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  };
}
