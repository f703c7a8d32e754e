import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { DoorName } from './open-door.js';

const ONE_YEAR_SECONDS = 31_536_000;

/** Tells browsers what they may make of a door's answers: the staff door serves its own pages and no one's frame, the others serve no page at all. */
export async function addSecurityHeaders(fastify: FastifyInstance, door: DoorName, https: boolean): Promise<void> {
  if (door === 'staff') await fastify.register(helmet, forPages(https));
  else forMachines(fastify, https);
}

function forPages(https: boolean) {
  const nothing = ["'none'"];
  const self = ["'self'"];
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: self, objectSrc: nothing, baseUri: nothing, frameAncestors: nothing, formAction: self, imgSrc: ["'self'", 'data:'] },
    },
    strictTransportSecurity: https && { maxAge: ONE_YEAR_SECONDS },
    referrerPolicy: { policy: 'no-referrer' as const },
    xFrameOptions: { action: 'deny' as const },
  };
}

/** The few that matter where no page is served, made once: these doors are the hot paths. */
function forMachines(fastify: FastifyInstance, https: boolean): void {
  const headers = {
    'x-content-type-options': 'nosniff',
    'content-security-policy': `default-src 'none'; frame-ancestors 'none'`,
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    ...(https && { 'strict-transport-security': `max-age=${ONE_YEAR_SECONDS}; includeSubDomains` }),
  };
  fastify.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}
