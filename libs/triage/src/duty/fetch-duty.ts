import { shiftFault } from '@anw/scheduling';
import type { Clock, Did } from '@anw/values';
import { PartnerDoorError } from '../partners/partner-door-error.js';
import type { DutyAnswer, PractitionerTold } from './received-duty.js';

/** What the regisseur asks actors at their partner door. */
export interface ActorDoor {
  /** @throws PartnerDoorError */
  fetchPractitioners(actor: Did): Promise<readonly PractitionerTold[]>;
}

export interface FetchDutyPorts {
  readonly door: ActorDoor;
  readonly clock: Clock;
}

/**
 * Asks an actor who is on duty. Whoever would leave within no time, or stay longer than a shift can last, is left out. An
 * actor that gives no answer is a failure in the answer, not an error.
 */
export async function fetchDuty(actor: Did, { door, clock }: FetchDutyPorts): Promise<DutyAnswer> {
  const attemptedAt = clock();
  try {
    const told = await door.fetchPractitioners(actor);
    return { actor, attemptedAt, practitioners: told.filter(({ until }) => shiftFault({ from: attemptedAt, until }) === undefined) };
  } catch (error) {
    if (error instanceof PartnerDoorError) return { actor, attemptedAt, failure: error.code };
    throw error;
  }
}
