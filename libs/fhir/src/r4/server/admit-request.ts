import { type AccessChallenge, type AccessFailure, authenticateAccess, decideAgain, type Decision, type PresentedAccess, standingPorts, type StandingToken } from '@anw/authorization';
import { ANW_HOME_ACCESS_SCOPE } from '@anw/credentials';
import type { Did } from '@anw/values';
import type { FhirFailure } from '../../fhir-failure.js';
import type { Access, FhirStores, Handling, IncomingFhirRequest } from './fhir-server.js';

export type Admission =
  | { readonly admitted: true; readonly access: Access; /** Checks 5 to 8, as they granted. */ readonly decision: Decision }
  | { readonly admitted: false; readonly failure: FhirFailure; readonly access?: Access; readonly client?: Did; readonly decision?: Decision; readonly challenge?: AccessChallenge };

/** Lets a request in: a token of this organisation with what it is bound to shown again, and checks 5 to 8 as the records stand now (design D9). */
export async function admitRequest({ request, server, at, scope }: Handling): Promise<Admission> {
  const { found, inCare } = await server.transaction(async (stores) => {
    const findToken = (hash: string) => stores.findToken(hash, at);
    const authenticated = await authenticateAccess(presentedBy(request, server.base, scope), { findToken, replays: stores.replays, ...server.dpop, clock: () => at, ...(scope === ANW_HOME_ACCESS_SCOPE && { spendToken: stores.spendToken }) });
    return { found: authenticated, inCare: authenticated.authenticated && (await isInCare(authenticated.token, stores)) };
  });
  const access = accessOf(found.token);
  const client = clientOf(found.token);
  if (!found.authenticated) return { admitted: false, failure: failureOf(found.failure), access, ...(client && { client }), challenge: found.challenge };
  if (access === undefined) return { admitted: false, failure: failureOf('token-of-another-scope'), ...(client && { client }) };

  const ports = standingPorts(access.token.standing, server.lists, async () => inCare);
  const decision = await decideAgain({ custodian: server.organisation.did, access: access.facts, maxAuthorizationSeconds: server.maxAuthorizationSeconds, now: at }, ports);
  return decision.granted ? { admitted: true, access, decision } : { admitted: false, failure: deniedBy(decision), access, decision };
}

function accessOf(token: StandingToken | undefined): Access | undefined {
  return token?.facts.kind === 'patient-access' ? { token, facts: token.facts } : undefined;
}

/** An organisation that came with a token of its own, for something else. */
function clientOf(token: StandingToken | undefined): Did | undefined {
  return token?.facts.kind === 'organisation-access' ? token.facts.client : undefined;
}

async function isInCare({ facts }: StandingToken, stores: FhirStores): Promise<boolean> {
  return facts.kind === 'patient-access' && stores.isInCare(facts.patient);
}

const accessFailures = {
  'token-missing': 'not-authenticated',
  'token-malformed': 'not-authenticated',
  'token-unknown': 'not-authenticated',
  'token-expired': 'token-expired',
  'token-of-another-certificate': 'not-authenticated',
  'token-without-proof': 'not-authenticated',
  'token-of-another-key': 'not-authenticated',
  'proof-not-accepted': 'not-authenticated',
  'proof-nonce-needed': 'not-authenticated',
  'token-of-another-scope': 'outside-policy',
} as const satisfies Record<AccessFailure, FhirFailure['code']>;

function failureOf(failure: AccessFailure): FhirFailure {
  return { code: accessFailures[failure], reason: failure };
}

/** Which check said no is in the decision record; outside every refusal of scope reads the same. */
function deniedBy({ firstDenial }: Decision): FhirFailure {
  return { code: 'outside-policy', reason: firstDenial === undefined ? 'denied' : `check-${firstDenial.check} ${firstDenial.reason}` };
}

function presentedBy(request: IncomingFhirRequest, base: string, scope: Handling['scope']): PresentedAccess {
  const { method, path, certificate } = request;
  return { authorization: header(request, 'authorization'), proof: header(request, 'dpop'), request: { method, url: base + path }, certificate, scope };
}

/** More than one of them is as good as none. */
function header({ headers }: IncomingFhirRequest, name: 'authorization' | 'dpop'): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}
