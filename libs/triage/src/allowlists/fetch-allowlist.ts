import { type CredentialStatuses, CredentialError, parseCredential, readDelegationCredential, verifyCredential } from '@anw/credentials';
import type { VerificationKeys } from '@anw/identity';
import { ANW_PURPOSE_OF_USE, type Clock, contains, type Did } from '@anw/values';
import type { CustodianDoor } from '../precheck/custodian-door.js';
import { PartnerDoorError } from '../partners/partner-door-error.js';
import type { AllowlistAnswer, ReceivedDelegation } from './received-allowlist.js';

export interface FetchAllowlistPorts {
  readonly regisseur: Did;
  readonly door: Pick<CustodianDoor, 'fetchAllowlist'>;
  readonly keys: VerificationKeys;
  readonly statuses: CredentialStatuses;
  readonly clock: Clock;
}

/**
 * Asks a custodian for this regisseur's rows and delegation. The delegation is verified before it is used and counts as
 * none when it does not hold: another issuer or subject, not valid now, revoked or of unknown status (design D10). A
 * custodian that gives no answer is a failure in the answer, not an error.
 */
export async function fetchAllowlist(custodian: Did, ports: FetchAllowlistPorts): Promise<AllowlistAnswer> {
  const askedAt = ports.clock();
  try {
    const { rows, delegation: jwt } = await ports.door.fetchAllowlist(custodian);
    const delegation = await verifyDelegation(jwt, custodian, askedAt, ports);
    return { custodian, rows, fetchedAt: askedAt, attemptedAt: askedAt, ...(delegation && { delegation }) };
  } catch (error) {
    if (!(error instanceof PartnerDoorError)) throw error;
    // Who does not let this regisseur in has no rows of it: that is an answer.
    return { custodian, rows: [], attemptedAt: askedAt, failure: error.code, ...(error.code === 'refused' && { fetchedAt: askedAt }) };
  }
}

async function verifyDelegation(jwt: string, custodian: Did, fetchedAt: Date, { regisseur, keys, statuses, clock }: FetchAllowlistPorts): Promise<ReceivedDelegation | undefined> {
  const now = clock();
  const delegation = await readVerified(jwt, keys, now);
  if (delegation === undefined) return undefined;
  if (delegation.custodian !== custodian || delegation.regisseur !== regisseur) return undefined;
  if (delegation.purposeOfUse !== ANW_PURPOSE_OF_USE || !contains(delegation.period, now)) return undefined;
  if ((await statuses.statusOf({ ...delegation, issuer: custodian })).status !== 'valid') return undefined;
  const { id, actors, maxAuthorizationSeconds, period } = delegation;
  return { id, custodian, actors, maxAuthorizationSeconds, period, jwt, fetchedAt };
}

/** A delegation that is not what it says counts as none; whatever else fails is not about the delegation. */
async function readVerified(jwt: string, keys: VerificationKeys, now: Date) {
  try {
    return readDelegationCredential(await verifyCredential(parseCredential(jwt), { keys, now }));
  } catch (error) {
    if (error instanceof CredentialError) return undefined;
    throw error;
  }
}
