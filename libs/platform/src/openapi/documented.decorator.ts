import { RouteConfig } from '@nestjs/platform-fastify';
import type { z } from 'zod';

/** What a route answers with one status: a sentence, and the schema of the body when it has one. */
export interface DocumentedAnswer {
  readonly description: string;
  readonly schema?: z.ZodType;
  readonly contentType?: string;
}

/** What someone who calls a route must know; the schemas are the ones that parse the request. */
export interface RouteDocumentation {
  readonly summary: string;
  /** Of a route that takes any method: the ones that do something; the others are there to be refused in the dialect of the route. */
  readonly methods?: readonly string[];
  readonly request?: {
    readonly params?: z.ZodObject;
    readonly query?: z.ZodObject;
    readonly body?: z.ZodType;
    /** Of the body; JSON when left out. */
    readonly contentType?: string;
  };
  readonly responses: Readonly<Record<number, DocumentedAnswer>>;
}

/** How Fastify is told about a route: its documentation and, where a route needs more room, its own body limit. */
export interface RouteFacts {
  readonly documentation: RouteDocumentation;
  readonly bodyLimit?: number;
  /** Whether it reads `application/fhir+ndjson` as it comes in, by limits of its own; at any other route that is no content type. */
  readonly streamed?: boolean;
}

/** Documents a route where it is declared; a spec refuses routes without. `bodyLimit` in bytes, when the door's own is too small. */
export function Documented(documentation: RouteDocumentation, options: Omit<RouteFacts, 'documentation'> = {}): MethodDecorator {
  return RouteConfig({ documentation, ...options } satisfies RouteFacts);
}
