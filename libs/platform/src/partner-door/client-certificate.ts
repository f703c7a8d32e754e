import type { ClientCertificate, ClientCertificates } from '@anw/identity';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { noteEdgeRefusal } from '../door/edge-refusals.js';
import { dialectOfPath } from '../errors/dialect.js';
import { ProblemError } from '../errors/problem-error.js';
import { sendAnswer } from '../errors/send-answer.js';
import { toAnswer } from '../errors/to-answer.js';
import { certificateProxies, readShownCertificate, type ShownCertificate } from './presented-certificate.js';

/** `ClientCertificates`: whom the partner door believes. */
export const CLIENT_CERTIFICATES = Symbol('ClientCertificates');

/** The certificate that the caller presented, or undefined: `@PartnerCertificate() certificate: ClientCertificate | undefined`. */
export const PartnerCertificate = createParamDecorator((_data: unknown, context: ExecutionContext) => clientCertificateOf(context.switchToHttp().getRequest<FastifyRequest>()));

/** What a request of the partner door brings along. */
interface PartnerDoorRequest extends FastifyRequest {
  shownCertificate?: { readonly shown: ShownCertificate; readonly certificates: ClientCertificates };
}

/** What the caller's certificate is worth now; a connection that is kept alive outlives neither its dates nor its revocation. */
export async function clientCertificateOf(request: FastifyRequest): Promise<ClientCertificate | undefined> {
  const { shownCertificate } = request as PartnerDoorRequest;
  if (shownCertificate === undefined) return undefined;
  const { shown, certificates } = shownCertificate;
  const judged = await certificates.judge(shown.presented);
  return judged.trusted && !shown.acceptedByTls ? { ...judged, trusted: false, flaw: 'not-trusted' } : judged;
}

/** Reads from each request which certificate its caller has shown; what it is worth is found out where it matters. */
export function readClientCertificates(fastify: FastifyInstance, certificates: ClientCertificates, proxyAddresses: readonly string[]): void {
  const proxies = certificateProxies(proxyAddresses);
  fastify.addHook('onRequest', async (request: PartnerDoorRequest, reply) => {
    try {
      const shown = readShownCertificate(request.raw, proxies);
      if (shown !== undefined) request.shownCertificate = { shown, certificates };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      noteEdgeRefusal(request, error.problem);
      return sendAnswer(reply, toAnswer(error, dialectOfPath(request.url), request.id, 'en').answer);
    }
  });
}
