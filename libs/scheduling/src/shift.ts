import { contains, type Did, type EmployeeIdentifier, type ValidityPeriod } from '@anw/values';

/** One practitioner of one actor, on duty for a stretch of time. */
export interface Shift {
  readonly id: string;
  readonly practitioner: { readonly identifier: EmployeeIdentifier; readonly name: string; readonly roleName: string };
  readonly actor: Did;
  /** Where she drives around, when that is known: `Apeldoorn-Noord`. */
  readonly district?: string;
  /** Postcode area (four digits) from which she starts, when that is known. */
  readonly startArea?: string;
  readonly period: ValidityPeriod;
  /** When it was ended before its time. */
  readonly endedAt?: Date;
  /** At a regisseur: when the actor last said so; absent when the regisseur's own planning entered it. */
  readonly toldAt?: Date;
}

/** Where a shift is, as far as that is known. */
export function placeOfShift({ district, startArea }: { readonly district?: string | undefined; readonly startArea?: string | undefined }): Pick<Shift, 'district' | 'startArea'> {
  return { ...(district !== undefined && { district }), ...(startArea !== undefined && { startArea }) };
}

/** Shifts that one regisseur or actor knows of. */
export interface ShiftStore {
  /** Answers false when a shift with that id is there already. */
  addShift(shift: Shift): Promise<boolean>;
  /** Adds it, or gives the one with that id this end, name, role and place. */
  saveShift(shift: Shift): Promise<void>;
  findShift(id: string): Promise<Shift | undefined>;
  /** The same, and nobody ends it until this transaction is over. */
  holdShift(id: string): Promise<Shift | undefined>;
  /** Answers false when it was ended before, or is unknown. */
  endShift(id: string, at: Date): Promise<boolean>;
  /** Those with any part in the period. */
  listShifts(period: ValidityPeriod): Promise<readonly Shift[]>;
}

/** No shift is longer than the longest authorization: "`exp - nbf` at most 24 h" (design §4). */
export const MAX_SHIFT_SECONDS = 24 * 60 * 60;

export type ShiftFault = 'ends-before-it-begins' | 'longer-than-a-day';

/** What is wrong with the period of a shift, if anything. */
export function shiftFault({ from, until }: ValidityPeriod): ShiftFault | undefined {
  if (until <= from) return 'ends-before-it-begins';
  return until.getTime() - from.getTime() > MAX_SHIFT_SECONDS * 1000 ? 'longer-than-a-day' : undefined;
}

/** A shift that was ended is over at once, whatever was planned. */
export function isShiftOver({ period, endedAt }: Pick<Shift, 'period' | 'endedAt'>, at: Date): boolean {
  return at >= period.until || (endedAt !== undefined && at >= endedAt);
}

/** Shifts that run at that moment; whoever stays longest comes first, then by name. */
export function whoIsOnDuty(shifts: readonly Shift[], at: Date): readonly Shift[] {
  return shifts
    .filter((shift) => contains(shift.period, at) && !isShiftOver(shift, at))
    .toSorted((a, b) => b.period.until.getTime() - a.period.until.getTime() || a.practitioner.name.localeCompare(b.practitioner.name, 'nl') || a.id.localeCompare(b.id));
}
