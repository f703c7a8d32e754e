import { WriteInput } from '@anw/api-contracts';
import { type Draft, reviewWrite, type WriteRemark } from '@anw/fhir';
import { PatientId } from '@anw/values';

/** Nothing of what is remarked depends on whose record it is for. */
const anyPatient = PatientId.parse('any');

/** What is to be said of a draft before it is sent. */
export function remarksOf({ id, kind, content: { input } }: Draft): readonly WriteRemark[] {
  return reviewWrite(WriteInput.parse({ kind, input }), { id, patient: anyPatient });
}
