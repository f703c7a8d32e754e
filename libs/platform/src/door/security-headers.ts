import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import { contentPolicy, permissionsPolicy } from '../staff-door/pages/content-policy.js';
import type { DoorName } from './open-door.js';

const ONE_YEAR_SECONDS = 31_536_000;

/** Tells browsers what they may make of a door's answers: the staff door serves its own pages and no one's frame, the others serve no page at all. */
export async function addSecurityHeaders(fastify: FastifyInstance, door: DoorName, https: boolean): Promise<void> {
  if (door !== 'staff') return forMachines(fastify, https);
  await fastify.register(helmet, forPages(https));
  const headers = { 'content-security-policy': contentPolicy(), 'permissions-policy': permissionsPolicy };
  fastify.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}

function forPages(https: boolean) {
  return {
    contentSecurityPolicy: false as const,
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
