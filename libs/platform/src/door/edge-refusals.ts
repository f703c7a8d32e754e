import type { ClientCertificate } from '@anw/identity';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ProblemName } from '../errors/problem-types.js';
import type { ServiceLogger } from '../logging/service-logger.js';
import { clientCertificateOf } from '../partner-door/client-certificate.js';
import { pathOf } from './path-of.js';

/** Why a request to the token or the FHIR endpoint was refused before any library could read it. */
const edgeRefusalReasons = ['invalid-request', 'malformed-body', 'method-not-allowed', 'request-timeout', 'body-too-large', 'uri-too-long', 'unsupported-media-type', 'not-acceptable'] as const satisfies readonly ProblemName[];
export type EdgeRefusalReason = (typeof edgeRefusalReasons)[number];

export interface EdgeRefusal {
  readonly endpoint: 'token' | 'fhir';
  /** The `{org}` of the path, not read yet. */
  readonly org: string;
  readonly reason: EdgeRefusalReason;
  /** The request's own. */
  readonly reference: string;
  readonly certificate: ClientCertificate | undefined;
}

/** Keeps what the edge refused, so that every refusal of these two endpoints can be explained (design D16). */
export abstract class EdgeRefusals {
  /** Answers the reference that is to be told, which may be of a record that stands for many; undefined when no such organisation is here. */
  abstract keep(refusal: EdgeRefusal): Promise<string | undefined>;
}

const reasons = new WeakMap<FastifyRequest, EdgeRefusalReason>();
const isReason = (problem: ProblemName): problem is EdgeRefusalReason => (edgeRefusalReasons as readonly ProblemName[]).includes(problem);

/** Notes why the edge refuses a request; what a library has refused is its own to keep. */
export function noteEdgeRefusal(request: FastifyRequest, problem: ProblemName | undefined): void {
  if (problem !== undefined && isReason(problem)) reasons.set(request, problem);
}

/** Before such an answer leaves, what was refused is kept, and the answer tells under which reference. */
export function keepEdgeRefusals(fastify: FastifyInstance, refusals: EdgeRefusals, logger: ServiceLogger): void {
  const keep = async (request: FastifyRequest, refusal: Pick<EdgeRefusal, 'endpoint' | 'org' | 'reason'>) =>
    refusals.keep({ ...refusal, reference: request.id, certificate: await clientCertificateOf(request) });
  fastify.addHook('onSend', async (request: FastifyRequest, _reply, payload) => {
    const reason = reasons.get(request);
    const asked = reason && endpointOf(pathOf(request.raw.url ?? ''));
    if (reason === undefined || asked === undefined) return payload;
    const told = await keep(request, { ...asked, reason }).catch((error: unknown) => void logger.unexpected(error, request.id));
    // References are uuids: one takes the place of the other without a byte more or less.
    return told === undefined || told === request.id || !Buffer.isBuffer(payload) ? payload : Buffer.from(payload.toString().replaceAll(request.id, told));
  });
}

const endpoints = [
  ['token', /^\/oauth2\/([^/]+)\/token$/],
  ['fhir', /^\/fhir\/([^/]+)\//],
] as const;

function endpointOf(path: string): Pick<EdgeRefusal, 'endpoint' | 'org'> | undefined {
  for (const [endpoint, pattern] of endpoints) {
    const org = pattern.exec(path)?.[1];
    if (org !== undefined) return { endpoint, org };
  }
  return undefined;
}
