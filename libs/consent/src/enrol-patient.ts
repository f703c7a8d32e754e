import { type Did, PatientHandle, type PatientId, type ValidityPeriod } from '@anw/values';
import type { Enrolment, EnrolmentStore } from './enrolment.js';

/** Far enough to mean "until it is ended", and still a date that every database and partner can hold. */
export const UNTIL_ENDED = new Date('9999-12-31T00:00:00Z');

export interface EnrolPatientInput {
  readonly id: string;
  readonly patient: PatientId;
  readonly regisseur: Did;
  readonly period: ValidityPeriod;
}

export interface EnrolPatientPorts {
  readonly enrolments: Pick<EnrolmentStore, 'addEnrolment'>;
  readonly randomUuid: () => string;
}

/**
 * Enrols a patient for out-of-hours care through a regisseur and mints the handle that stands for her there and nowhere
 * else (design D7); each enrolment has its own, so that what was known of an earlier one opens nothing.
 */
export async function enrolPatient(input: EnrolPatientInput, { enrolments, randomUuid }: EnrolPatientPorts): Promise<Enrolment> {
  const enrolment: Enrolment = { ...input, handle: PatientHandle.parse(`urn:uuid:${randomUuid()}`) };
  await enrolments.addEnrolment(enrolment);
  return enrolment;
}
