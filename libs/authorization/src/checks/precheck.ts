import type { Did, DidUrl, PatientHandle } from '@anw/values';
import type { AllowlistStore } from '../allowlist/allowlist.js';
import { type Decision, decisionOf } from '../verdict.js';
import { type AllowlistRecords, checkRegisseurMayAuthorizeActor } from './check-regisseur-may-authorize-actor.js';
import { checkRegisseurMayAuthorizePatient, type PatientRecords, withoutPatient } from './check-regisseur-may-authorize-patient.js';

export interface PrecheckQuestion {
  readonly custodian: Did;
  readonly regisseur: Did;
  readonly actor: Did;
  readonly handle: PatientHandle;
  /** The one that the regisseur holds and would name; left out: the one in force. */
  readonly delegation?: DidUrl;
  readonly now: Date;
}

export interface PrecheckPorts {
  readonly allowlist: AllowlistRecords & Pick<AllowlistStore, 'currentDelegation'>;
  readonly patients: PatientRecords;
}

/**
 * Answers the desk before anything is sent (design §2 step 2): checks 7 and 8 by the very functions of the token
 * endpoint, so that a green light means a token on an authorization that names this delegation.
 */
export async function precheck({ custodian, regisseur, actor, handle, now, delegation: named }: PrecheckQuestion, ports: PrecheckPorts): Promise<Decision> {
  const delegation = named ?? (await ports.allowlist.currentDelegation(regisseur, now))?.id;
  const verdicts = [
    /* 7 */ await checkRegisseurMayAuthorizeActor({ custodian, regisseur, actor, delegation, now }, ports.allowlist),
    /* 8 */ await checkRegisseurMayAuthorizePatient({ regisseur, handle, now }, ports.patients),
  ];
  return decisionOf(verdicts.map(withoutPatient));
}
