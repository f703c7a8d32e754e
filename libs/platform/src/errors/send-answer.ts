import type { FastifyReply } from 'fastify';
import type { Answer } from './answer.js';

/** Sends a finished answer as it is: bytes, so that the content type stays the one that the norm names. */
export function sendAnswer(reply: FastifyReply, { status, contentType, headers, body }: Answer): FastifyReply {
  return reply.code(status).headers({ 'content-type': contentType, ...headers }).send(Buffer.from(body));
}
