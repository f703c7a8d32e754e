import { type CodeToken, codeToken, LOINC, SNOMED_CT } from './code-systems.js';

/** A zib of chapter 4 as FHIR R4 carries it: how to recognise an instance without trusting `meta.profile`. */
export interface Zib {
  readonly name: string;
  readonly type: string;
  /** Canonical URL of the profile, without a version. */
  readonly profile: string;
  /** Where the telling code stands, and the code. Absent: the resource type alone tells. */
  readonly recognisedBy?: { readonly parameter: 'code' | 'category' | 'type'; readonly token: CodeToken };
}

const NICTIZ = 'http://nictiz.nl/fhir/StructureDefinition';

export const patientZib = { name: 'patient', type: 'Patient', profile: `${NICTIZ}/nl-core-Patient` } as const satisfies Zib;

export const bloodPressureZib = {
  name: 'blood-pressure',
  type: 'Observation',
  profile: `${NICTIZ}/nl-core-BloodPressure`,
  recognisedBy: { parameter: 'code', token: codeToken(LOINC, '85354-9') },
} as const satisfies Zib;

/** Free text report. No zib has it; the profile's URL is the one that ANW v2024.1 searches by (spec anw-fhir-profiles §3.2). */
export const nursingReportZib = {
  name: 'nursing-report',
  type: 'Observation',
  profile: 'https://nuts.nl/fhir/StructureDefinition/nl-core-nursingreport',
  recognisedBy: { parameter: 'code', token: codeToken(SNOMED_CT, '11591000146107') },
} as const satisfies Zib;

/** Every zib that this face serves. */
export const zibs: readonly Zib[] = [patientZib, bloodPressureZib, nursingReportZib];
