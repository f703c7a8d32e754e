import { type AccessFailure, authenticateAccess, decideAgain, type Decision, standingPorts, type StandingToken } from '@anw/authorization';
import { ANW_ACCESS_SCOPE } from '@anw/credentials';
import type { FhirFailure } from '../../fhir-failure.js';
import type { Access, FhirStores, Handling, IncomingFhirRequest } from './fhir-server.js';

export type Admission =
  | { readonly admitted: true; readonly access: Access }
  | { readonly admitted: false; readonly failure: FhirFailure; readonly access?: Access; readonly decision?: Decision };

/** Lets a request in: a token of this organisation over the certificate it is bound to, and checks 5 to 8 as the records stand now (design D9). */
export async function admitRequest({ request, server, at }: Handling): Promise<Admission> {
  const { found, inCare } = await server.transaction(async (stores) => {
    const presented = { authorization: authorizationHeader(request), certificate: request.certificate, scope: ANW_ACCESS_SCOPE } as const;
    const authenticated = await authenticateAccess(presented, { findToken: (hash) => stores.findToken(hash, at), clock: () => at });
    return { found: authenticated, inCare: authenticated.authenticated && (await isInCare(authenticated.token, stores)) };
  });
  const access = accessOf(found.token);
  if (!found.authenticated) return { admitted: false, failure: failureOf(found.failure), access };
  if (access === undefined) return { admitted: false, failure: failureOf('token-of-another-scope') };

  const ports = standingPorts(access.token.standing, server.lists, async () => inCare);
  const decision = await decideAgain({ custodian: server.organisation.did, access: access.facts, now: at }, ports);
  return decision.granted ? { admitted: true, access } : { admitted: false, failure: deniedBy(decision), access, decision };
}

function accessOf(token: StandingToken | undefined): Access | undefined {
  return token?.facts.kind === 'patient-access' ? { token, facts: token.facts } : undefined;
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
  'token-of-another-scope': 'outside-policy',
} as const satisfies Record<AccessFailure, FhirFailure['code']>;

function failureOf(failure: AccessFailure): FhirFailure {
  return { code: accessFailures[failure], reason: failure };
}

/** Which check said no is in the decision record; outside every refusal of scope reads the same. */
function deniedBy({ firstDenial }: Decision): FhirFailure {
  return { code: 'outside-policy', reason: firstDenial === undefined ? 'denied' : `check-${firstDenial.check} ${firstDenial.reason}` };
}

function authorizationHeader({ headers }: IncomingFhirRequest): string | undefined {
  const value = headers['authorization'];
  return typeof value === 'string' ? value : undefined;
}
