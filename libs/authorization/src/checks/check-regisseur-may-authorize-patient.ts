import type { Enrolment, EnrolmentStore } from '@anw/consent';
import { contains, type Did, type PatientHandle, type PatientId } from '@anw/values';
import { type Denial, denied, type Grant, granted, notEvaluated, type Verdict } from '../verdict.js';

/** Port of check 8: who is enrolled for out-of-hours care, and who is in this custodian's care. */
export interface PatientRecords extends Pick<EnrolmentStore, 'findByHandle'> {
  isInCare(patient: PatientId): Promise<boolean>;
}

export interface RegisseurMayAuthorizePatientInput {
  readonly regisseur: Did | undefined;
  readonly handle: PatientHandle | undefined;
  readonly now: Date;
}

/** On a grant the check has also established which patient the handle stands for. */
export type PatientVerdict = (Grant & { readonly patient: PatientId }) | Denial;

/**
 * Check 8: "this regisseur may authorize for this patient". The handle was minted for this regisseur, the patient is
 * enrolled for out-of-hours care through it now, and is in this custodian's care.
 */
export async function checkRegisseurMayAuthorizePatient({ regisseur, handle, now }: RegisseurMayAuthorizePatientInput, records: PatientRecords): Promise<PatientVerdict> {
  if (regisseur === undefined || handle === undefined) return notEvaluated(8);
  const enrolment = await records.findByHandle(handle);
  if (enrolment === undefined) return denied(8, 'patient-handle-unknown', 'enrolment', handle);
  if (enrolment.regisseur !== regisseur) return denied(8, 'patient-handle-of-another-regisseur', 'enrolment', `${handle} was minted for ${enrolment.regisseur}`);
  if (!contains(enrolment.period, now)) return denied(8, 'patient-not-enrolled', 'enrolment', endOf(enrolment));
  if (!(await records.isInCare(enrolment.patient))) return denied(8, 'patient-not-in-care', 'enrolment', `enrolment ${enrolment.id}`);
  return { ...granted(8, 'enrolment', `enrolment ${enrolment.id}`), patient: enrolment.patient };
}

/** The verdict as the decision record keeps it. */
export function withoutPatient(verdict: Verdict | PatientVerdict): Verdict {
  return verdict.granted ? { check: verdict.check, granted: true, fact: verdict.fact } : verdict;
}

function endOf(enrolment: Enrolment): string {
  return `enrolment ${enrolment.id} is valid from ${enrolment.period.from.toISOString()} until ${enrolment.period.until.toISOString()}`;
}
