import type { PatientId } from '@anw/values';
import type { FhirResource } from '../fhir-resource.js';
import { LOINC, OBSERVATION_CATEGORY, UCUM, URI_SYSTEM } from '../r4/code-systems.js';
import { bloodPressureZib } from '../r4/zibs.js';

export interface BloodPressureInput {
  /** uuid that names this write; a repeat carries the same (design D18). */
  readonly id: string;
  readonly patient: PatientId;
  /** mm[Hg]. */
  readonly systolic: number;
  /** mm[Hg]. */
  readonly diastolic: number;
  readonly measuredAt: Date;
  readonly note?: string;
}

/** A measured blood pressure as `nl-core-BloodPressure`; the custodian sets the author from the token. */
export function createBloodPressure({ id, patient, systolic, diastolic, measuredAt, note }: BloodPressureInput): FhirResource {
  return {
    resourceType: 'Observation',
    meta: { profile: [bloodPressureZib.profile] },
    identifier: [{ system: URI_SYSTEM, value: `urn:uuid:${id}` }],
    status: 'final',
    category: [{ coding: [{ system: OBSERVATION_CATEGORY, code: 'vital-signs', display: 'Vital Signs' }] }],
    code: { coding: [{ system: LOINC, code: '85354-9', display: 'Blood pressure panel with all children optional' }] },
    subject: { reference: `Patient/${patient}`, type: 'Patient' },
    effectiveDateTime: measuredAt.toISOString(),
    ...(note === undefined || note.trim() === '' ? {} : { note: [{ text: note }] }),
    component: [pressure('8480-6', 'Systolic blood pressure', systolic), pressure('8462-4', 'Diastolic blood pressure', diastolic)],
  };
}

function pressure(code: string, display: string, value: number): object {
  return { code: { coding: [{ system: LOINC, code, display }] }, valueQuantity: { value, unit: 'mmHg', system: UCUM, code: 'mm[Hg]' } };
}
