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

export const bodyWeightZib = {
  name: 'body-weight',
  type: 'Observation',
  profile: `${NICTIZ}/nl-core-BodyWeight`,
  recognisedBy: { parameter: 'code', token: codeToken(LOINC, '29463-7') },
} as const satisfies Zib;

export const bodyHeightZib = {
  name: 'body-height',
  type: 'Observation',
  profile: `${NICTIZ}/nl-core-BodyHeight`,
  recognisedBy: { parameter: 'code', token: codeToken(LOINC, '8302-2') },
} as const satisfies Zib;

export const bodyTemperatureZib = {
  name: 'body-temperature',
  type: 'Observation',
  profile: `${NICTIZ}/nl-core-BodyTemperature`,
  recognisedBy: { parameter: 'code', token: codeToken(LOINC, '8310-5') },
} as const satisfies Zib;

/** Both 2708-6 and 59408-5 are due; the second tells it, as searches do (spec anw-fhir-profiles §3.1). */
export const oxygenSaturationZib = {
  name: 'oxygen-saturation',
  type: 'Observation',
  profile: `${NICTIZ}/nl-core-O2Saturation`,
  recognisedBy: { parameter: 'code', token: codeToken(LOINC, '59408-5') },
} as const satisfies Zib;

/** The number of a pulse, which stands apart from the panel that may refer to it (spec anw-fhir-profiles §3.1). */
export const pulseRateZib = {
  name: 'pulse-rate',
  type: 'Observation',
  profile: `${NICTIZ}/nl-core-PulseRate.PulseRateValue`,
  recognisedBy: { parameter: 'code', token: codeToken(LOINC, '8893-0') },
} as const satisfies Zib;

export const heartRateZib = {
  name: 'heart-rate',
  type: 'Observation',
  profile: `${NICTIZ}/nl-core-HeartRate`,
  recognisedBy: { parameter: 'code', token: codeToken(LOINC, '8867-4') },
} as const satisfies Zib;

/** Breaths per minute; the zib itself has no published profile, HL7’s own vital sign has (spec anw-fhir-profiles §3.1, §4). */
export const respirationZib = {
  name: 'respiration',
  type: 'Observation',
  profile: 'http://hl7.org/fhir/StructureDefinition/resprate',
  recognisedBy: { parameter: 'code', token: codeToken(LOINC, '9279-1') },
} as const satisfies Zib;

export const visualAcuityZib = {
  name: 'visual-acuity',
  type: 'Observation',
  profile: `${NICTIZ}/nl-core-VisualAcuity`,
  recognisedBy: { parameter: 'code', token: codeToken(SNOMED_CT, '260246004') },
} as const satisfies Zib;

/** Every zib that this face serves. */
export const zibs: readonly Zib[] = [
  patientZib,
  bloodPressureZib,
  nursingReportZib,
  bodyWeightZib,
  bodyHeightZib,
  bodyTemperatureZib,
  oxygenSaturationZib,
  pulseRateZib,
  heartRateZib,
  respirationZib,
  visualAcuityZib,
];
