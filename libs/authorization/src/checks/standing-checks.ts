import type { Did, DidUrl } from '@anw/values';
import { type AccessFacts, authorizationOf } from '../access-token.js';
import type { AuthorizationStatuses } from '../authorization-status.js';
import { type Decision, decisionOf } from '../verdict.js';
import { checkAuthorizationFromRegisseur } from './check-authorization-from-regisseur.js';
import { checkAuthorizationPeriod } from './check-authorization-period.js';
import { type AllowlistRecords, checkRegisseurMayAuthorizeActor } from './check-regisseur-may-authorize-actor.js';
import { checkRegisseurMayAuthorizePatient, type PatientRecords, withoutPatient } from './check-regisseur-may-authorize-patient.js';

export interface StandingPorts {
  readonly statuses: AuthorizationStatuses;
  readonly allowlist: AllowlistRecords;
  readonly patients: PatientRecords;
}

export interface StandingFacts {
  readonly custodian: Did;
  /** What was kept beside the access token. */
  readonly access: AccessFacts;
  /** Longest authorization that counts at this custodian, in seconds. */
  readonly maxAuthorizationSeconds: number;
  readonly now: Date;
}

/**
 * Checks 5 to 8 once more, at every request made with a token (design D9): the same functions, over the facts kept
 * beside the token and what the records say now. Checks 1 to 4 are about the token request; the token is bound to the
 * client certificate or the key that asked for it.
 */
export async function decideAgain({ custodian, access, maxAuthorizationSeconds, now }: StandingFacts, ports: StandingPorts): Promise<Decision> {
  const authorization = authorizationOf(access);
  const { actor, regisseur, delegation, handle } = authorization;
  const maximum = await longestSeconds(delegation, { maxAuthorizationSeconds }, ports.allowlist);

  const verdicts = [
    /* 5 */ checkAuthorizationFromRegisseur({ authorization, actor, custodian, practitioner: access.practitioner.identifier }),
    /* 6 */ await checkAuthorizationPeriod({ authorization, maximumSeconds: maximum, now }, ports.statuses),
    /* 7 */ await checkRegisseurMayAuthorizeActor({ custodian, regisseur, actor, delegation, now }, ports.allowlist),
    /* 8 */ await checkRegisseurMayAuthorizePatient({ regisseur, handle, now }, ports.patients),
  ] as const;

  const patientNow = verdicts[3];
  if (patientNow.granted && patientNow.patient !== access.patient) throw new Error('a patient handle has come to stand for another patient');
  return decisionOf(verdicts.map(withoutPatient));
}

/** The shorter of the custodian's own maximum and that of the delegation an authorization names; without that delegation check 7 refuses. */
export async function longestSeconds(delegation: DidUrl | undefined, { maxAuthorizationSeconds }: Pick<StandingFacts, 'maxAuthorizationSeconds'>, records: AllowlistRecords): Promise<number> {
  const delegated = delegation && (await records.findDelegation(delegation))?.maxAuthorizationSeconds;
  return Math.min(maxAuthorizationSeconds, delegated ?? maxAuthorizationSeconds);
}
