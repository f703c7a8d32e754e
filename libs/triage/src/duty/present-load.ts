import { type Authorization, authorizationState } from '../assignment/authorization.js';

/** What a practitioner has on her hands: visits whose window has begun, and blocks that begin later. */
export interface PresentLoad {
  readonly openVisits: number;
  readonly plannedBlocks: number;
}

/** An extension is the same visit as what it extends, counted once; what she reported on is done. */
export function presentLoad(authorizations: readonly Authorization[], practitioner: Pick<Authorization, 'actor' | 'practitioner'>, at: Date): PresentLoad {
  const hers = authorizations.filter(
    (one) =>
      one.actor.did === practitioner.actor.did &&
      one.practitioner.identifier === practitioner.practitioner.identifier &&
      one.reportedAt === undefined &&
      authorizationState(one, at) === 'valid',
  );
  const visits = hers.filter(({ follows }) => follows?.how !== 'extended' || !hers.some(({ id }) => id === follows.authorization));
  const openVisits = visits.filter(({ visitWindow }) => visitWindow.from <= at).length;
  return { openVisits, plannedBlocks: visits.length - openVisits };
}
