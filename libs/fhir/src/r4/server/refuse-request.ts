import type { AuditOutcome } from '@anw/audit';
import type { AccessChallenge, Decision, DecisionRecord, KeptRefusal } from '@anw/authorization';
import { ANW_HOME_ACCESS_SCOPE } from '@anw/credentials';
import type { Did } from '@anw/values';
import type { FhirFailure } from '../../fhir-failure.js';
import { toOperationOutcome } from '../outcome.js';
import type { Access, FhirAnswer, Handling } from './fhir-server.js';
import { requestingSystem, whoAndWhy } from './log-row.js';

/** What is known of a refused request: whose it is, what checks 5 to 8 said, and what to come back with. */
export interface RefusalFacts {
  readonly access?: Access | undefined;
  /** Whose token it is, when it is one that opens no record. */
  readonly client?: Did | undefined;
  readonly decision?: Decision | undefined;
  readonly challenge?: AccessChallenge | undefined;
}

/** Keeps a refusal, decision record and log row, and only then tells it (design D16, D17). */
export async function refuseRequest(failure: FhirFailure, handling: Handling, facts: RefusalFacts = {}): Promise<FhirAnswer> {
  const { request, server, at, scope } = handling;
  const { access, client, challenge } = facts;
  const isAnonymous = access === undefined && client === undefined;
  const kept: KeptRefusal = isAnonymous ? server.anonymous.keep(`fhir ${failure.reason}`, handling.reference, at) : { reference: handling.reference, write: true };
  const { status, outcome } = toOperationOutcome(failure, kept.reference);
  if (kept.write) {
    const record: DecisionRecord = { ...recordOf(failure, status, handling, facts), ...(kept.collective && { collective: kept.collective }) };
    const who = access === undefined ? { ...(client && { actor: client }), ...requestingSystem(request) } : whoAndWhy(access, request);
    await server.transaction(async ({ audit, decisions }) => {
      await audit.append({ id: server.randomUuid(), name: scope === ANW_HOME_ACCESS_SCOPE ? 'home-access.refused' : 'fhir.refused', outcome: severityOf(status), at, reference: record.reference, reason: failure.reason, ...who });
      await decisions.saveDecision(record);
    });
  }
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

function recordOf(failure: FhirFailure, status: number, { reference, at }: Handling, { access, client, decision }: RefusalFacts): DecisionRecord {
  return {
    reference,
    at,
    endpoint: 'fhir',
    scope: access?.token.scope ?? '',
    outcome: isDenial(status) ? 'denied' : 'invalid',
    failure: failure.code,
    detail: detailOf(failure),
    ...(client && { actor: client }),
    ...(access && { actor: access.facts.actor, regisseur: access.facts.regisseur, authorization: access.facts.authorization.id, tokenDecision: access.token.decision }),
    verdicts: decision?.verdicts ?? [],
    ...(decision?.firstDenial && { firstDenial: decision.firstDenial }),
  };
}

/** Understood, and not allowed: what is not there for this token reads like what is not there. */
function isDenial(status: number): boolean {
  return status === 403 || status === 404;
}

/** The rules that a posted resource broke; never what it said. */
function detailOf({ reason, issues = [] }: FhirFailure): string {
  const rules = [...new Set(issues.map(({ rule }) => rule))];
  return rules.length === 0 ? reason : `${reason}: ${rules.join(', ')}`;
}
