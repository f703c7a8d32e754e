import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ServiceLogger } from '../logging/service-logger.js';
import type { Metrics } from '../metrics/metrics.js';

/** One log line and one measurement per answered request; operator doors are asked so often that they leave only the measurement. */
export function logRequests(fastify: FastifyInstance, door: string, { logger, metrics, quiet }: { readonly logger: ServiceLogger; readonly metrics: Metrics; readonly quiet: boolean }): void {
  fastify.addHook('onResponse', async (request: FastifyRequest, reply: FastifyReply) => {
    const milliseconds = reply.elapsedTime;
    const line = { door, method: methodOf(request), route: request.is404 ? '(none)' : (request.routeOptions.url ?? '(none)'), status: reply.statusCode };
    metrics.countRequest({ ...line, seconds: milliseconds / 1000 });
    if (!quiet || line.status >= 500) logger.request({ ...line, milliseconds: Math.round(milliseconds * 100) / 100, reference: request.id });
  });
}

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** A caller may invent methods; a label must not. */
function methodOf(request: FastifyRequest): string {
  return knownMethods.has(request.method) ? request.method : 'other';
}
