import type { ValidityPeriod } from '@anw/values';

/** What of a visit decides its place on a practitioner's route. */
export interface VisitStop {
  readonly id: string;
  /** A nurse is needed there at once. */
  readonly isUrgent: boolean;
  readonly receivedAt: Date;
  /** When its authorization is valid. */
  readonly period: ValidityPeriod;
}

/**
 * The visits of one practitioner, urgent ones before others and then newest first, so that what just came in is on top
 * (design §2 step 4) unless somebody waits who cannot.
 * A visit whose authorization is over has left the route; one that begins later is on it already.
 */
export function visitRoute<Stop extends VisitStop>(stops: readonly Stop[], at: Date): readonly Stop[] {
  return stops.filter((stop) => at < stop.period.until).toSorted((a, b) => Number(b.isUrgent) - Number(a.isUrgent) || b.receivedAt.getTime() - a.receivedAt.getTime() || a.id.localeCompare(b.id));
}
