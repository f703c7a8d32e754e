import type { ValidityPeriod } from '@anw/values';

/** What of a visit decides its place on a practitioner's route. */
export interface VisitStop {
  readonly id: string;
  readonly receivedAt: Date;
  /** When its authorization is valid. */
  readonly period: ValidityPeriod;
}

/**
 * The visits of one practitioner, newest first, so that what just came in is on top (design §2 step 4).
 * A visit whose authorization is over has left the route; one that begins later is on it already.
 */
export function visitRoute<Stop extends VisitStop>(stops: readonly Stop[], at: Date): readonly Stop[] {
  return stops.filter((stop) => at < stop.period.until).toSorted((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime() || a.id.localeCompare(b.id));
}
