import type { FastifyInstance, RouteOptions } from 'fastify';
import type { RouteDocumentation, RouteFacts } from '../openapi/documented.decorator.js';

/** A route as the door's own router knows it. */
export interface DoorRoute {
  readonly method: string;
  /** Pattern, as `/iam/:uuid/did.json`. */
  readonly path: string;
  readonly documentation?: RouteDocumentation;
}

/** Records every route that the door gets from now on, and gives routes that ask for it a body limit of their own. */
export function recordRoutes(fastify: FastifyInstance): readonly DoorRoute[] {
  const routes: DoorRoute[] = [];
  fastify.addHook('onRoute', (route) => {
    const facts = route.config as Partial<RouteFacts> | undefined;
    if (facts?.bodyLimit !== undefined) route.bodyLimit = facts.bodyLimit;
    for (const method of methodsOf(route)) {
      // Fastify answers HEAD and OPTIONS for what answers GET.
      if (method !== 'HEAD' && method !== 'OPTIONS') routes.push({ method, path: route.url, documentation: facts?.documentation });
    }
  });
  return routes;
}

function methodsOf(route: RouteOptions): readonly string[] {
  return Array.isArray(route.method) ? route.method : [route.method as string];
}
