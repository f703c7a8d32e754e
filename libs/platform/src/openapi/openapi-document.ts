import { z } from 'zod';
import type { DoorRoute } from '../door/door-routes.js';
import { type Dialect, dialectOfPath } from '../errors/dialect.js';
import { problemDetails } from './problem-details.js';
import type { DocumentedAnswer, RouteDocumentation } from './documented.decorator.js';

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface DocumentedDoor {
  readonly name: string;
  readonly description: string;
  readonly url: string;
  readonly routes: readonly DoorRoute[];
}

/** One OpenAPI 3.1 document over all doors of a service, made from the schemas that parse the requests. */
export function createOpenApiDocument(service: string, version: string, doors: readonly DocumentedDoor[]): OpenApiDocument {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const door of doors) {
    for (const route of door.routes) {
      if (route.documentation === undefined || !describes(route.documentation, route.method)) continue;
      const path = (paths[openApiPath(route.path)] ??= {});
      path[route.method.toLowerCase()] = operation(door, route, route.documentation);
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: `ANW bolt: ${service}`, version, description: 'Each route exists at exactly one door; the tag and the server of an operation say which.' },
    tags: doors.map(({ name, description }) => ({ name, description })),
    paths,
  };
}

/** A path item of OpenAPI 3.1 has a place for these methods and for no others. */
const describableMethods: readonly string[] = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'];
const methodsWithBody: readonly string[] = ['PUT', 'POST', 'PATCH'];

function describes({ methods = describableMethods }: RouteDocumentation, method: string): boolean {
  return methods.includes(method) && describableMethods.includes(method);
}

/** Routes that nobody documented: the reason for a spec to fail. */
export function undocumentedRoutes(routes: readonly DoorRoute[]): readonly string[] {
  return routes.filter((route) => route.documentation === undefined).map((route) => `${route.method} ${route.path}`);
}

/** `/iam/:uuid/*` → `/iam/{uuid}/{path}`. */
function openApiPath(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{path}');
}

function operation(door: DocumentedDoor, { method, path }: DoorRoute, { summary, request, responses }: RouteDocumentation): unknown {
  const parameters = [...pathParameters(path, request?.params), ...queryParameters(request?.query)];
  return {
    tags: [door.name],
    servers: [{ url: door.url }],
    summary,
    ...(parameters.length > 0 && { parameters }),
    ...(request?.body && methodsWithBody.includes(method) && { requestBody: { required: true, content: { [request.contentType ?? 'application/json']: { schema: jsonSchema(request.body, 'input') } } } }),
    responses: {
      ...Object.fromEntries(Object.entries(responses).map(([status, answer]) => [status, response(answer)])),
      default: response(failures[dialectOfPath(path)]),
    },
  };
}

/** What any route of a dialect may answer besides what it documents. */
const failures: Readonly<Record<Dialect, DocumentedAnswer>> = {
  problem: { description: 'A failure (RFC 9457)', schema: problemDetails, contentType: 'application/problem+json' },
  oauth: { description: 'A failure (RFC 6749 §5.2)', schema: z.looseObject({ error: z.string(), error_description: z.string().optional(), reference: z.string().optional() }) },
  fhir: { description: 'A failure (OperationOutcome)', schema: z.looseObject({ resourceType: z.literal('OperationOutcome') }), contentType: 'application/fhir+json' },
};

function response({ description, schema, contentType = 'application/json' }: DocumentedAnswer): unknown {
  return { description, ...(schema && { content: { [contentType]: { schema: jsonSchema(schema, 'output') } } }) };
}

function pathParameters(path: string, params: z.ZodObject | undefined): unknown[] {
  const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] as string).concat(path.endsWith('*') ? ['path'] : []);
  return names.map((name) => ({ name, in: 'path', required: true, schema: params?.shape[name] ? jsonSchema(params.shape[name] as z.ZodType, 'input') : { type: 'string' } }));
}

function queryParameters(query: z.ZodObject | undefined): unknown[] {
  return Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !(schema as z.ZodType).safeParse(undefined).success,
    schema: jsonSchema(schema as z.ZodType, 'input'),
  }));
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any', cycles: 'ref' });
  return rest;
}
