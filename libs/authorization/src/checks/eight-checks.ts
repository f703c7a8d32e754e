import type { AuthorizationCredential } from '@anw/credentials';
import type { AssuranceLevel, ClientCertificate, DidResolver } from '@anw/identity';
import type { Did, DidUrl, PatientId } from '@anw/values';
import type { AccessFacts } from '../access-token.js';
import { employeeOf, type PresentedEmployee } from '../presented-employee.js';
import { type Decision, decisionOf } from '../verdict.js';
import { checkAuthorizationFromRegisseur } from './check-authorization-from-regisseur.js';
import { checkAuthorizationPeriod } from './check-authorization-period.js';
import { checkRegisseurMayAuthorizeActor } from './check-regisseur-may-authorize-actor.js';
import { checkRegisseurMayAuthorizePatient, withoutPatient } from './check-regisseur-may-authorize-patient.js';
import { checkRequestingSystem, type SystemEvidencePolicy } from './check-requesting-system.js';
import { checkSystemActsForActor } from './check-system-acts-for-actor.js';
import { checkUserIdentity, practitionerOf } from './check-user-identity.js';
import { checkUserRepresentsActor } from './check-user-represents-actor.js';
import { longestSeconds, type StandingPorts } from './standing-checks.js';

/** Everything a token request has shown, parsed and with its signatures verified; nothing of it has been weighed. */
export interface RequestFacts {
  /** The organisation that is asked. */
  readonly custodian: Did;
  /** Who presents: holder of the presentation. */
  readonly actor: Did;
  readonly signedWith: DidUrl;
  readonly certificate: ClientCertificate | undefined;
  readonly employee: PresentedEmployee | undefined;
  readonly minimumAssuranceLevel: AssuranceLevel;
  readonly authorization: AuthorizationCredential | 'malformed' | undefined;
  /** Longest authorization that counts at this custodian, in seconds. */
  readonly maxAuthorizationSeconds: number;
  readonly now: Date;
}

export interface CheckPorts extends StandingPorts {
  readonly systems: SystemEvidencePolicy;
  readonly documents: DidResolver;
}

export interface DecidedAccess {
  readonly decision: Decision;
  /** What the checks established; present exactly when the decision is to grant. */
  readonly access?: AccessFacts;
  /** Whom the handle stands for, as far as check 8 came; for the log. */
  readonly patient?: PatientId;
}

/**
 * The eight checks in the specification's order (design §5). All are evaluated, so that the decision record shows all;
 * the answer follows the first denial. 5 to 8 run again at every request: `decideAgain`.
 */
export async function decide(facts: RequestFacts, ports: CheckPorts): Promise<DecidedAccess> {
  const { custodian, actor, employee, now, minimumAssuranceLevel: minimum } = facts;
  const authorization = facts.authorization === 'malformed' ? undefined : facts.authorization;
  const named = { regisseur: authorization?.regisseur, delegation: authorization?.delegation, handle: authorization?.handle };
  const said = employeeOf(employee);
  const maximum = await longestSeconds(named.delegation, facts, ports.allowlist);

  const verdicts = [
    /* 1 */ checkRequestingSystem(facts, ports.systems),
    /* 2 */ await checkSystemActsForActor(facts, ports.documents),
    /* 3 */ checkUserIdentity({ employee, minimum, now }),
    /* 4 */ checkUserRepresentsActor(facts),
    /* 5 */ checkAuthorizationFromRegisseur({ authorization: facts.authorization, actor, custodian, practitioner: said?.identifier }),
    /* 6 */ await checkAuthorizationPeriod({ authorization, maximumSeconds: maximum, now }, ports.statuses),
    /* 7 */ await checkRegisseurMayAuthorizeActor({ custodian, actor, now, ...named }, ports.allowlist),
    /* 8 */ await checkRegisseurMayAuthorizePatient({ now, ...named }, ports.patients),
  ] as const;

  const decision = decisionOf(verdicts.map(withoutPatient));
  const practitioner = said && practitionerOf(said);
  const patient = verdicts[7].granted ? verdicts[7].patient : undefined;
  if (!decision.granted || authorization === undefined || practitioner === undefined || patient === undefined) return { decision, ...(patient && { patient }) };
  return { decision, patient, access: accessFacts(authorization, practitioner, patient) };
}

function accessFacts(authorization: AuthorizationCredential, practitioner: AccessFacts['practitioner'], patient: AccessFacts['patient']): AccessFacts {
  const { regisseur, actor, ...kept } = authorization;
  return { kind: 'patient-access', actor, regisseur, practitioner, authorization: kept, patient };
}
