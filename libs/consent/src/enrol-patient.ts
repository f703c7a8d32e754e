import { type Clock, type Did, PatientHandle, type PatientId } from '@anw/values';
import type { Enrolment, EnrolmentStore } from './enrolment.js';

/** Far enough to mean "until it is ended", and still a date that every database and partner can hold. */
const UNTIL_ENDED = new Date('9999-12-31T00:00:00Z');

export interface EnrolPatientInput {
  readonly patient: PatientId;
  readonly regisseur: Did;
}

export interface EnrolPatientPorts {
  readonly enrolments: Pick<EnrolmentStore, 'addEnrolment' | 'findEnrolment'>;
  readonly clock: Clock;
  readonly randomUuid: () => string;
}

/**
 * Enrols a patient for out-of-hours care through a regisseur and mints the handle that stands for her there and nowhere
 * else (design D7). A repeat answers with the enrolment that holds, also when two requests meet.
 */
export async function enrolPatient({ patient, regisseur }: EnrolPatientInput, { enrolments, clock, randomUuid }: EnrolPatientPorts): Promise<Enrolment> {
  const now = clock();
  const standing = await enrolments.findEnrolment(patient, regisseur, now);
  if (standing !== undefined) return standing;

  const handle = PatientHandle.parse(`urn:uuid:${randomUuid()}`);
  const enrolment: Enrolment = { id: randomUuid(), patient, regisseur, handle, period: { from: now, until: UNTIL_ENDED } };
  if (await enrolments.addEnrolment(enrolment)) return enrolment;

  const winner = await enrolments.findEnrolment(patient, regisseur, now);
  if (winner === undefined) throw new Error('enrolment was refused as a repeat, yet there is none');
  return winner;
}
