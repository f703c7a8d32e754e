import type { FastifyInstance } from 'fastify';
import { dialectOfPath } from '../errors/dialect.js';
import { ProblemError } from '../errors/problem-error.js';
import { sendAnswer } from '../errors/send-answer.js';
import { toAnswer } from '../errors/to-answer.js';
import type { Language } from '../errors/to-problem.js';
import type { Readiness } from '../service/readiness.js';

const RETRY_AFTER_SECONDS = 2;

/** While the service waits for what it needs, it says so in the dialect of the route instead of failing half-way. */
export function answerUnavailableUntilReady(fastify: FastifyInstance, readiness: Readiness, language: Language): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (readiness.doorsOpen) return;
    const unavailable = new ProblemError('unavailable', { retryAfterSeconds: RETRY_AFTER_SECONDS });
    const { answer } = toAnswer(unavailable, dialectOfPath(request.url), request.id, language);
    return sendAnswer(reply, answer);
  });
}
