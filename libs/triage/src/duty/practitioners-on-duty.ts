import { type Shift, whoIsOnDuty } from '@anw/scheduling';
import type { Did } from '@anw/values';
import type { Partner } from '../partners/partner.js';
import type { PartnerDoorFailure } from '../partners/partner-door-error.js';
import type { ReceivedDuty } from './received-duty.js';

/** Whom the desk can send, who says so, and since when that is known. */
export interface PractitionerOnDuty {
  readonly shift: Shift;
  readonly actor: Pick<Partner, 'did' | 'name'>;
  readonly source: { readonly kind: 'regisseur' } | { readonly kind: 'actor'; readonly toldAt: Date };
}

/** Actors that did not say who is on duty when they were last asked. */
export interface SilentActor {
  readonly actor: Pick<Partner, 'did' | 'name'>;
  readonly failure: PartnerDoorFailure;
  /** When it last did. */
  readonly fetchedAt?: Date;
}

export interface DutyRoster {
  readonly practitioners: readonly PractitionerOnDuty[];
  readonly silent: readonly SilentActor[];
}

/** An actor is asked again after this long. */
const DUTY_SECONDS = 30;

/** Actors to ask before the roster is shown. */
export function actorsToAsk(actors: readonly Partner[], duties: readonly ReceivedDuty[], now: Date): readonly Did[] {
  const asked = new Map(duties.map(({ actor, attemptedAt }) => [actor, attemptedAt]));
  return actors.map(({ did }) => did).filter((did) => now.getTime() - (asked.get(did)?.getTime() ?? -Infinity) >= DUTY_SECONDS * 1000);
}

/**
 * One list of what the regisseur's own planning and the actors say. A practitioner whom both name is there once, as her
 * actor said: that is where she works; where she starts is taken from the planning when her actor does not tell. Of an actor that does not answer stands what it last said, and that it is silent.
 */
export function practitionersOnDuty(shifts: readonly Shift[], actors: readonly Partner[], duties: readonly ReceivedDuty[], now: Date): DutyRoster {
  const known = new Map(actors.map((actor) => [actor.did, actor]));
  const partyOf = (did: Did) => known.get(did) ?? { did, name: did };
  const running = whoIsOnDuty(shifts, now);
  const planned = new Map(running.filter(({ toldAt }) => toldAt === undefined).map((shift) => [practitionerKey(shift), shift]));
  const told = new Set(running.filter(({ toldAt }) => toldAt !== undefined).map(practitionerKey));
  return {
    practitioners: running
      .filter((shift) => shift.toldAt !== undefined || !told.has(practitionerKey(shift)))
      .map((shift) => withPlannedPlace(shift, planned.get(practitionerKey(shift))))
      .map((shift) => ({ shift, actor: partyOf(shift.actor), source: shift.toldAt === undefined ? { kind: 'regisseur' } : { kind: 'actor', toldAt: shift.toldAt } })),
    silent: duties.flatMap(({ actor, failure, fetchedAt }) => (failure === undefined || !known.has(actor) ? [] : [{ actor: partyOf(actor), failure, ...(fetchedAt && { fetchedAt }) }])),
  };
}

function withPlannedPlace(shift: Shift, planned: Shift | undefined): Shift {
  if (shift.toldAt === undefined || planned === undefined) return shift;
  const { district = planned.district, startArea = planned.startArea } = shift;
  return { ...shift, ...(district !== undefined && { district }), ...(startArea !== undefined && { startArea }) };
}

function practitionerKey({ actor, practitioner }: Shift): string {
  return `${actor} ${practitioner.identifier}`;
}
