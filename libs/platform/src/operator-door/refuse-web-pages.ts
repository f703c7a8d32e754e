import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isIP } from 'node:net';
import { isLoopback } from '../config/setting-types.js';
import { ProblemError } from '../errors/problem-error.js';
import { sendAnswer } from '../errors/send-answer.js';
import { toProblem } from '../errors/to-problem.js';

/**
 * A browser on this machine reaches the loopback interface on behalf of every page that it shows, and this door asks for
 * no login. So whatever a page had a hand in is refused: what says where it comes from, and, at a door for this machine
 * alone, what came by a host name that only pretends to be this machine (DNS rebinding). No page of ours is served here.
 * @param listenHost address that the door listens on
 */
export function refuseWebPages(fastify: FastifyInstance, listenHost: string | undefined): void {
  const forThisMachine = listenHost === undefined || isLoopback(urlOf(listenHost));
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.is404 || !(isOfPage(request) || (forThisMachine && !namesThisMachine(request)))) return;
    const refusal = new ProblemError('cross-site', { detail: 'The operator door takes no requests of web pages.' });
    return sendAnswer(reply, toProblem(refusal, request.id));
  });
}

/** An address typed into a browser is of no page: `Sec-Fetch-Site: none`. */
function isOfPage({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  return headers.origin !== undefined || (site !== undefined && site !== 'none');
}

function namesThisMachine({ hostname }: FastifyRequest): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) !== 0 || isLoopback(urlOf(host));
}

function urlOf(host: string): string {
  const url = `http://${isIP(host) === 6 ? `[${host}]` : host}`;
  return URL.canParse(url) ? url : 'http://unreadable.invalid';
}
