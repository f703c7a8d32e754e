import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pathOf } from '../../door/path-of.js';
import type { BuiltPages } from './built-pages.js';
import { type FrameAncestors, framedBy } from './frame-ancestors.js';
import { problemPage } from './problem-page.js';

const ONE_YEAR_SECONDS = 31_536_000;
const INDEX = 'index.html';

/** Paths that a service answers itself; a page never stands in for them. */
const answeredByService = /^\/(?:api|login|callback|logout)(?:\/|$)/;

/**
 * Serves a built web app at a staff door: its files by their names, and its one document for every navigation that no
 * route answers (the app itself knows its pages). Anything else falls through to the routes, and from there to 404.
 * Stands before the readiness gate: a page that is loaded while the service restarts comes, and says itself that it waits.
 */
export async function servePages(fastify: FastifyInstance, build: BuiltPages, frameAncestors: () => FrameAncestors): Promise<void> {
  await fastify.register(fastifyStatic, { root: build.directory, serve: false, preCompressed: true, cacheControl: false, etag: true, lastModified: false });
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return;
    const path = pathOf(request.url);
    const file = build.files.get(path);
    if (file !== undefined) return send(reply, file.name, file.immutable ? `public, max-age=${ONE_YEAR_SECONDS}, immutable` : 'no-cache');
    if (path === '/' || (request.is404 && isNavigation(request) && !answeredByService.test(path))) {
      await letFrame(reply, () => frameAncestors().originsFor(path));
      return send(reply, INDEX, 'no-store');
    }
  });
  tellPeopleInPages(fastify, build);
}

/** A person who goes somewhere and is refused, as at a login that has expired, gets a page; scripts get the problem itself. */
function tellPeopleInPages(fastify: FastifyInstance, build: BuiltPages): void {
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (!(typeof payload === 'string' || Buffer.isBuffer(payload)) || !String(reply.getHeader('content-type')).startsWith('application/problem+json') || !isNavigation(request)) return payload;
    void reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'no-store').removeHeader('content-length');
    return problemPage(JSON.parse(payload.toString()), build.styles);
  });
}

/** While the service does not know who may frame a document, nobody may. */
async function letFrame(reply: FastifyReply, originsOf: () => Promise<readonly string[]>): Promise<void> {
  const origins = await originsOf().catch(() => []);
  if (origins.length === 0) return;
  reply.header('content-security-policy', framedBy(String(reply.getHeader('content-security-policy')), origins)).removeHeader('x-frame-options');
}

/** A hook that answers returns the reply, so that nothing after it answers too. */
function send(reply: FastifyReply, name: string, cacheControl: string): FastifyReply {
  return reply.header('cache-control', cacheControl).sendFile(name);
}

/** Browsers say that they want a document; scripts and partners do not. */
function isNavigation({ headers }: FastifyRequest): boolean {
  const mode = headers['sec-fetch-mode'];
  return mode === undefined ? (headers.accept ?? '').includes('text/html') : mode === 'navigate';
}
