import { type CodeToken, codeToken, CONSENT_CATEGORY, LOINC, SNOMED_CT } from './code-systems.js';

/** A zib of chapter 4 as FHIR R4 carries it: how to recognise an instance without trusting `meta.profile`. */
export interface Zib {
  readonly name: string;
  readonly type: string;
  /** Canonical URL of the profile, without a version. */
  readonly profile: string;
  /** Where the telling code stands, and the code; `orToken` tells it as well. Absent: the resource type alone tells. */
  readonly recognisedBy?: { readonly parameter: 'code' | 'category' | 'type'; readonly token: CodeToken; readonly orToken?: CodeToken };
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

/** An alert or a condition that is one (spec anw-fhir-profiles §3.4); a contra-indication is a Flag of another category. */
export const alertZib = {
  name: 'alert',
  type: 'Flag',
  profile: `${NICTIZ}/nl-core-Alert`,
  recognisedBy: { parameter: 'category', token: codeToken(LOINC, '75323-6'), orToken: codeToken(LOINC, '74018-3') },
} as const satisfies Zib;

export const allergyIntoleranceZib = { name: 'allergy-intolerance', type: 'AllergyIntolerance', profile: `${NICTIZ}/nl-core-AllergyIntolerance` } as const satisfies Zib;

/** Consent is also the privacy consent; the category tells the directives from it (spec anw-fhir-profiles §3.4). */
export const treatmentDirectiveZib = {
  name: 'treatment-directive',
  type: 'Consent',
  profile: `${NICTIZ}/nl-core-TreatmentDirective2`,
  recognisedBy: { parameter: 'category', token: codeToken(SNOMED_CT, '129125009') },
} as const satisfies Zib;

export const advanceDirectiveZib = {
  name: 'advance-directive',
  type: 'Consent',
  profile: `${NICTIZ}/nl-core-AdvanceDirective`,
  recognisedBy: { parameter: 'category', token: codeToken(CONSENT_CATEGORY, 'acd') },
} as const satisfies Zib;

export const contactPersonZib = { name: 'contact-person', type: 'RelatedPerson', profile: `${NICTIZ}/nl-core-ContactPerson` } as const satisfies Zib;

/** Published by the medication programme, not in nl-core (spec anw-fhir-profiles §3.6). */
export const medicationUseZib = {
  name: 'medication-use',
  type: 'MedicationStatement',
  profile: `${NICTIZ}/mp-MedicationUse2`,
  recognisedBy: { parameter: 'category', token: codeToken(SNOMED_CT, '422979000') },
} as const satisfies Zib;

/** Its kinds are categories of an open list, so that the type tells (spec anw-fhir-profiles §3.3). */
export const problemZib = { name: 'problem', type: 'Condition', profile: `${NICTIZ}/nl-core-Problem` } as const satisfies Zib;

/** What she must know before she rings the bell, and what is in use. */
const zibsAtTheDoor: readonly Zib[] = [alertZib, allergyIntoleranceZib, treatmentDirectiveZib, advanceDirectiveZib, contactPersonZib, medicationUseZib, problemZib];

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
  ...zibsAtTheDoor,
];

/** The codes of which one tells that a resource is an instance; empty when its type tells. */
export function tellingTokens({ recognisedBy }: Zib): readonly CodeToken[] {
  if (recognisedBy === undefined) return [];
  return recognisedBy.orToken === undefined ? [recognisedBy.token] : [recognisedBy.token, recognisedBy.orToken];
}
