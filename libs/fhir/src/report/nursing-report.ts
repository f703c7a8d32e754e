import type { PatientId } from '@anw/values';
import type { FhirResource } from '../fhir-resource.js';
import { SNOMED_CT, URI_SYSTEM } from '../r4/code-systems.js';
import { nursingReportZib } from '../r4/zibs.js';

export interface NursingReportInput {
  /** uuid that names this write; a repeat carries the same (design D18). */
  readonly id: string;
  readonly patient: PatientId;
  /** As the nurse typed it: text is data, byte for byte. */
  readonly text: string;
  readonly writtenAt: Date;
}

/** A report in free text; the custodian sets the author from the token. */
export function createNursingReport({ id, patient, text, writtenAt }: NursingReportInput): FhirResource {
  return {
    resourceType: 'Observation',
    meta: { profile: [nursingReportZib.profile] },
    identifier: [{ system: URI_SYSTEM, value: `urn:uuid:${id}` }],
    status: 'final',
    code: { coding: [{ system: SNOMED_CT, code: '11591000146107', display: 'patiëntcontactverslag' }] },
    subject: { reference: `Patient/${patient}`, type: 'Patient' },
    effectiveDateTime: writtenAt.toISOString(),
    valueString: text,
  };
}
