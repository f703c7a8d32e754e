import { type CredentialStatuses, CredentialError, parseCredential, readDelegationCredential, verifyCredential } from '@anw/credentials';
import type { VerificationKeys } from '@anw/identity';
import { ANW_PURPOSE_OF_USE, type Clock, contains, type Did } from '@anw/values';
import type { CustodianDoor } from './custodian-door.js';
import type { ReceivedDelegation, ReceivedDelegationStore } from './received-delegation.js';

export interface CurrentDelegationPorts {
  readonly regisseur: Did;
  readonly door: Pick<CustodianDoor, 'fetchDelegation'>;
  readonly keys: VerificationKeys;
  readonly statuses: CredentialStatuses;
  readonly delegations: ReceivedDelegationStore;
  readonly clock: Clock;
}

/**
 * The delegation that a custodian gives this regisseur now: fetched, verified and stored. Absent when it does not hold:
 * another issuer or subject, not valid now, revoked or of unknown status (design D10).
 * @throws CustodianDoorError
 */
export async function currentDelegation(custodian: Did, ports: CurrentDelegationPorts): Promise<ReceivedDelegation | undefined> {
  const delegation = await verifyDelegation(await ports.door.fetchDelegation(custodian), custodian, ports);
  if (delegation !== undefined) await ports.delegations.saveDelegation(delegation);
  return delegation;
}

async function verifyDelegation(jwt: string, custodian: Did, { regisseur, keys, statuses, clock }: CurrentDelegationPorts): Promise<ReceivedDelegation | undefined> {
  const now = clock();
  const delegation = await readVerified(jwt, keys, now);
  if (delegation === undefined) return undefined;
  if (delegation.custodian !== custodian || delegation.regisseur !== regisseur) return undefined;
  if (delegation.purposeOfUse !== ANW_PURPOSE_OF_USE || !contains(delegation.period, now)) return undefined;
  if ((await statuses.statusOf({ ...delegation, issuer: custodian })).status !== 'valid') return undefined;
  const { id, actors, maxAuthorizationSeconds, period } = delegation;
  return { id, custodian, actors, maxAuthorizationSeconds, period, jwt, fetchedAt: now };
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
