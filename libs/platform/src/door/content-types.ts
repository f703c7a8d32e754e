import { parseStrictJson } from '@anw/identity';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { dialectOfPath } from '../errors/dialect.js';
import { ProblemError } from '../errors/problem-error.js';
import type { RouteFacts } from '../openapi/documented.decorator.js';

/**
 * The content types that our doors read; any other is refused with 415, even with an empty body limit to spare.
 *
 * | type | what a controller's `@Body()` gets |
 * |---|---|
 * | `application/json` | the parsed value, strictly (no duplicate members, at most 50 deep); below `/fhir/` the raw bytes |
 * | `application/fhir+json` | the raw bytes: the FHIR library reads them by its own rules |
 * | `application/x-www-form-urlencoded` | the text as sent: repeated parameters are for the OAuth library to refuse |
 * | `application/jose` | the text as sent |
 * | `application/fhir+ndjson` | the stream itself, at routes that are marked `streamed`; elsewhere refused |
 */
export function readContentTypes(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: { url: string }, body: Buffer) =>
    dialectOfPath(request.url) === 'fhir' ? body : parseJson(body),
  );
  fastify.addContentTypeParser('application/fhir+json', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => body);
  fastify.addContentTypeParser(['application/x-www-form-urlencoded', 'application/jose'], { parseAs: 'string' }, async (_request: unknown, body: string) => body);
  fastify.addContentTypeParser('application/fhir+ndjson', async (request: FastifyRequest, stream: unknown) => {
    if ((request.routeOptions.config as Partial<RouteFacts>).streamed !== true) throw new ProblemError('unsupported-media-type');
    return stream;
  });
}

/** Whether that is how an OAuth request is sent (RFC 6749 appendix B), whatever its parameters. */
export function isForm(contentType: string | undefined): boolean {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded';
}

/** A request that needs no body may say that it is JSON all the same: the schema of a route that does need one refuses it. */
function parseJson(body: Buffer): unknown {
  return body.length === 0 ? undefined : parseStrictJson(body);
}
