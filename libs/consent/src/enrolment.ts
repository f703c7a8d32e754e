import type { Did, PatientHandle, PatientId, ValidityPeriod } from '@anw/values';

/**
 * The custodian's word that a patient in its care receives out-of-hours care through this regisseur (check 8).
 * The handle is minted for this regisseur alone and is the only name of the patient outside the custodian (design D7).
 */
export interface Enrolment {
  readonly id: string;
  readonly patient: PatientId;
  readonly regisseur: Did;
  readonly handle: PatientHandle;
  readonly period: ValidityPeriod;
}

/** Enrolments of one custodian organisation. */
export interface EnrolmentStore {
  /** Until this transaction ends, others who would change this patient's enrolments through this regisseur wait. */
  holdPatient(patient: PatientId, regisseur: Did): Promise<void>;
  addEnrolment(enrolment: Enrolment): Promise<void>;
  findByHandle(handle: PatientHandle): Promise<Enrolment | undefined>;
  findEnrolmentById(id: string): Promise<Enrolment | undefined>;
  /** The enrolment of this patient through this regisseur that is valid at that moment. */
  findEnrolment(patient: PatientId, regisseur: Did, at: Date): Promise<Enrolment | undefined>;
  listEnrolments(): Promise<readonly Enrolment[]>;
  listEnrolmentsOf(patient: PatientId, regisseur: Did): Promise<readonly Enrolment[]>;
  /** Ends it now; the row stays. Answers false when there is no such enrolment, or it is over already. */
  endEnrolment(id: string, at: Date): Promise<boolean>;
}
