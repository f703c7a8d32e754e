import type { FastifyInstance } from 'fastify';

/**
 * "A server MUST accept the absolute-form in requests" (RFC 9112 §3.2.2), though only proxies are sent it: from here on
 * it is read as the path that it holds.
 */
export function toOriginForm({ url = '/' }: { readonly url?: string | undefined }): string {
  const path = url.replace(/^https?:\/\/[^/?#]*/i, '');
  return path.startsWith('/') || path === url ? path : `/${path}`;
}

/**
 * "A server that receives an Expect field value containing a member other than 100-continue MAY respond with a 417"
 * (RFC 9110 §10.1.1): ours does not, because Node's own 417 is told in no dialect. `100-continue` is Node's to answer.
 */
export function ignoreOtherExpectations({ server }: FastifyInstance): void {
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}
