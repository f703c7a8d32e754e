import type { AuditOutcome } from '@anw/audit';
import type { AccessChallenge, Decision, DecisionRecord } from '@anw/authorization';
import type { FhirFailure } from '../../fhir-failure.js';
import { toOperationOutcome } from '../outcome.js';
import type { Access, FhirAnswer, Handling } from './fhir-server.js';
import { requestingSystem, whoAndWhy } from './log-row.js';

/** What is known of a refused request: whose it is, why checks 5 to 8 said no, and what to come back with. */
export interface RefusalFacts {
  readonly access?: Access | undefined;
  readonly decision?: Decision | undefined;
  readonly challenge?: AccessChallenge | undefined;
}

/** Logs a refusal, with the decision record where checks 5 to 8 said no, and only then tells it (design D16, D17). */
export async function refuseRequest(failure: FhirFailure, handling: Handling, { access, decision, challenge }: RefusalFacts = {}): Promise<FhirAnswer> {
  const { request, server, at, reference } = handling;
  const { status, outcome } = toOperationOutcome(failure, reference);
  await server.transaction(async ({ audit, decisions }) => {
    const who = access === undefined ? requestingSystem(request) : whoAndWhy(access.facts, request);
    await audit.append({ id: server.randomUuid(), name: 'fhir.refused', outcome: severityOf(status), at, reference, reason: failure.reason, ...who });
    if (decision !== undefined && access !== undefined) await decisions.saveDecision(recordOf(decision, handling, access));
  });
  const headers = headersOf(status, challenge);
  return { status, body: outcome, ...(headers && { headers }) };
}

/** What whoever was refused needs to do better (RFC 9110 §11.6.1, §15.5.6). */
function headersOf(status: number, challenge: AccessChallenge | undefined): FhirAnswer['headers'] {
  if (status === 405) return { allow: 'GET, POST' };
  return status === 401 && challenge ? { ...challenge } : undefined;
}

/** Spec anw-fhir-profiles §8: 4 minor (400, 404, 422), 8 serious (401, 403), 12 major (5xx). */
function severityOf(status: number): AuditOutcome {
  if (status >= 500) return 'major-failure';
  return status === 401 || status === 403 ? 'serious-failure' : 'minor-failure';
}

function recordOf(decision: Decision, { reference, at }: Handling, { token, facts }: Access): DecisionRecord {
  return {
    reference,
    at,
    scope: token.scope,
    outcome: 'denied',
    actor: facts.actor,
    regisseur: facts.regisseur,
    authorization: facts.authorization.id,
    verdicts: decision.verdicts,
    ...(decision.firstDenial && { firstDenial: decision.firstDenial }),
  };
}
