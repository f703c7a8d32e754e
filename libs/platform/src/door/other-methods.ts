import type { FastifyInstance } from 'fastify';
import { dialectOfPath } from '../errors/dialect.js';
import { ProblemError } from '../errors/problem-error.js';
import { sendAnswer } from '../errors/send-answer.js';
import { toAnswer } from '../errors/to-answer.js';
import type { Language } from '../errors/to-problem.js';
import { noteEdgeRefusal } from './edge-refusals.js';
import type { DoorRoute } from './door-routes.js';
import { pathOf } from './path-of.js';

/** RFC 9110 §15.5.6: whoever asks a known path by a method that nobody takes there is told which methods there are. */
export function refuseOtherMethods(fastify: FastifyInstance, routes: readonly DoorRoute[], language: Language): void {
  const methodsAt = (path: string) => allowedMethods(routes.filter((route) => matches(route.path, path)));
  fastify.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return;
    const methods = methodsAt(pathOf(request.url));
    if (methods.length === 0) return;
    const refusal = new ProblemError('method-not-allowed', { headers: { allow: methods.join(', ') } });
    noteEdgeRefusal(request, refusal.problem);
    return sendAnswer(reply, toAnswer(refusal, dialectOfPath(request.url), request.id, language).answer);
  });
}

function allowedMethods(routes: readonly DoorRoute[]): readonly string[] {
  return [...new Set(routes.flatMap(({ method, documentation }) => documentation?.methods ?? withHead(method)))].sort();
}

/** Fastify answers HEAD for what answers GET. */
function withHead(method: string): readonly string[] {
  return method === 'GET' ? ['GET', 'HEAD'] : [method];
}

/** Segment by segment, as the router does: `:name` is any one segment, `*` at the end is the rest. */
function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const rest = wanted.at(-1) === '*';
  if (rest ? given.length < wanted.length : given.length !== wanted.length) return false;
  return wanted.every((segment, index) => segment === '*' || (segment.startsWith(':') ? given[index] !== '' : segment === given[index]));
}
