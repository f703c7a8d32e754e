import type { EmployeeIdentifier, Did } from '@anw/values';
import type { PartnerDoorFailure } from '../partners/partner-door-error.js';

/** A practitioner whom an actor says to be on duty. */
export interface PractitionerTold {
  /** Made by the actor. */
  readonly shift: string;
  readonly identifier: EmployeeIdentifier;
  readonly name: string;
  readonly roleName: string;
  readonly district?: string;
  /** Postcode area (four digits) from which she starts. */
  readonly startArea?: string;
  readonly until: Date;
}

/** What came of asking an actor who is on duty. */
export type DutyAnswer =
  | { readonly actor: Did; readonly attemptedAt: Date; readonly practitioners: readonly PractitionerTold[] }
  | { readonly actor: Did; readonly attemptedAt: Date; readonly failure: PartnerDoorFailure };

/** When an actor last told who is on duty. */
export interface ReceivedDuty {
  readonly actor: Did;
  /** Absent as long as it never answered. */
  readonly fetchedAt?: Date;
  readonly attemptedAt: Date;
  /** Why the last attempt brought nothing new. */
  readonly failure?: PartnerDoorFailure;
}

/** What actors told one regisseur of who is on duty; the shifts themselves are among the regisseur's own. */
export interface ReceivedDutyStore {
  /**
   * Keeps the answer. Whom the actor names is on duty from now until she said; whom it named before and names no more is
   * off duty. What the regisseur's own planning entered, or another actor, stays as it is.
   */
  saveAnswer(answer: DutyAnswer): Promise<void>;
  listDuties(): Promise<readonly ReceivedDuty[]>;
}
