import type { Clock } from '@anw/values';
import type { EnrolmentStore } from './enrolment.js';

/** Ends an enrolment now; from the next request on its handle opens nothing (check 8). Answers false when there is none to end. */
export async function endEnrolment(id: string, { enrolments, clock }: { readonly enrolments: Pick<EnrolmentStore, 'endEnrolment'>; readonly clock: Clock }): Promise<boolean> {
  return enrolments.endEnrolment(id, clock());
}
