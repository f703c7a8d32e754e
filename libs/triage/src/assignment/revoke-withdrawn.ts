import type { Clock, Did } from '@anw/values';
import { PartnerDoorError } from '../partners/partner-door-error.js';
import type { CustodianDoor } from '../precheck/custodian-door.js';
import type { Authorization, AuthorizationStore } from './authorization.js';
import { type RevokePorts, type RevokeStores, revokeWithin } from './revoke-authorization.js';

export interface FindWithdrawnPorts {
  readonly transaction: <T>(work: (stores: { readonly authorizations: Pick<AuthorizationStore, 'listInForce'> }) => Promise<T>) => Promise<T>;
  readonly door: Pick<CustodianDoor, 'askPrecheck'>;
  readonly clock: Clock;
}

/**
 * Which authorizations in force a custodian supports no longer: it ended the row or the enrolment that they rest on. It is
 * asked about each, by the checks of its token endpoint; a custodian that gives no answer has withdrawn nothing.
 */
export async function findWithdrawn(custodian: Did, { transaction, door, clock }: FindWithdrawnPorts): Promise<readonly Authorization[]> {
  const inForce = await transaction(({ authorizations }) => authorizations.listInForce(clock()));
  const supported = await Promise.all(inForce.filter((authorization) => authorization.custodian.did === custodian).map(async (authorization) => ({ authorization, still: await isSupported(authorization, door) })));
  return supported.flatMap(({ authorization, still }) => (still ? [] : [authorization]));
}

async function isSupported({ custodian, actor, handle, delegation }: Authorization, door: FindWithdrawnPorts['door']): Promise<boolean> {
  try {
    return (await door.askPrecheck(custodian.did, { actor: actor.did, handle, delegation })).allowed;
  } catch (error) {
    // Who does not let this regisseur in any more supports nothing of it: that is an answer.
    if (error instanceof PartnerDoorError) return error.code !== 'refused';
    throw error;
  }
}

/** Revokes them, so that the actor wipes what it held and the visit leaves the nurse's route (design §2 step 7). */
export async function revokeWithdrawn(withdrawn: readonly Authorization[], stores: RevokeStores, ports: Omit<RevokePorts, 'transaction'>): Promise<void> {
  for (const authorization of withdrawn) await revokeWithin(authorization, { reason: 'withdrawn-by-custodian' }, stores, ports);
}
