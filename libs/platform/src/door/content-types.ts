import { parseStrictJson } from '@anw/identity';
import type { FastifyInstance } from 'fastify';
import { dialectOfPath } from '../errors/dialect.js';

/**
 * The content types that our doors read; any other is refused with 415, even with an empty body limit to spare.
 *
 * | type | what a controller's `@Body()` gets |
 * |---|---|
 * | `application/json` | the parsed value, strictly (no duplicate members, at most 50 deep); below `/fhir/` the raw bytes |
 * | `application/fhir+json` | the raw bytes: the FHIR library reads them by its own rules |
 * | `application/x-www-form-urlencoded` | the text as sent: repeated parameters are for the OAuth library to refuse |
 * | `application/jose` | the text as sent |
 */
export function readContentTypes(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: { url: string }, body: Buffer) =>
    dialectOfPath(request.url) === 'fhir' ? body : parseJson(body),
  );
  fastify.addContentTypeParser('application/fhir+json', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => body);
  fastify.addContentTypeParser(['application/x-www-form-urlencoded', 'application/jose'], { parseAs: 'string' }, async (_request: unknown, body: string) => body);
}

/** A request that needs no body may say that it is JSON all the same: the schema of a route that does need one refuses it. */
function parseJson(body: Buffer): unknown {
  return body.length === 0 ? undefined : parseStrictJson(body);
}
