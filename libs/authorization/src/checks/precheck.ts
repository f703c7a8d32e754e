import type { Did, DidUrl, PatientHandle } from '@anw/values';
import type { AllowlistStore } from '../allowlist/allowlist.js';
import { type Decision, decisionOf, denied, type Verdict } from '../verdict.js';
import { type AllowlistRecords, checkRegisseurMayAuthorizeActor } from './check-regisseur-may-authorize-actor.js';
import { checkRegisseurMayAuthorizePatient, type PatientRecords, withoutPatient } from './check-regisseur-may-authorize-patient.js';

export interface PrecheckQuestion {
  readonly custodian: Did;
  readonly regisseur: Did;
  readonly actor: Did;
  readonly handle: PatientHandle;
  /** The one that the regisseur holds and would name; left out: the one in force. */
  readonly delegation?: DidUrl;
  /** Longest authorization that counts at this custodian, in seconds. */
  readonly maxAuthorizationSeconds: number;
  readonly now: Date;
}

export interface PrecheckPorts {
  readonly allowlist: AllowlistRecords & Pick<AllowlistStore, 'currentDelegation'>;
  readonly patients: PatientRecords;
}

/**
 * Answers the desk before anything is sent (design §2 step 2): checks 7 and 8 by the very functions of the token
 * endpoint, so that a green light means a token on an authorization that names this delegation and lasts as long as that allows.
 */
export async function precheck({ handle, ...question }: PrecheckQuestion, ports: PrecheckPorts): Promise<Decision> {
  const { regisseur, now } = question;
  const verdicts = [
    /* 7 */ await mayAuthorizeActor(question, ports.allowlist),
    /* 8 */ await checkRegisseurMayAuthorizePatient({ regisseur, handle, now }, ports.patients),
  ];
  return decisionOf(verdicts.map(withoutPatient));
}

/** A delegation from before the custodian shortened its maximum leads to authorizations that check 6 refuses: it is to be fetched anew. */
async function mayAuthorizeActor({ maxAuthorizationSeconds, ...question }: Omit<PrecheckQuestion, 'handle'>, allowlist: PrecheckPorts['allowlist']): Promise<Verdict> {
  const delegation = question.delegation ?? (await allowlist.currentDelegation(question.regisseur, question.now))?.id;
  const verdict = await checkRegisseurMayAuthorizeActor({ ...question, delegation }, allowlist);
  const delegated = delegation && (await allowlist.findDelegation(delegation))?.maxAuthorizationSeconds;
  if (!verdict.granted || delegated === undefined || delegated <= maxAuthorizationSeconds) return verdict;
  return denied(7, 'delegation-not-valid', 'delegation', `${delegation} lets authorizations last ${delegated} s, longer than ${maxAuthorizationSeconds} s`);
}
