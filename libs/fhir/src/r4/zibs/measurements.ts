import { codeToken, LOINC, OBSERVATION_CATEGORY, SNOMED_CT } from '../code-systems.js';
import { NICTIZ, type Zib } from './zib.js';

/** Spec anw-fhir-profiles §3.1. */
export const bloodPressureZib = {
  name: 'blood-pressure',
  type: 'Observation',
  profile: `${NICTIZ}/nl-core-BloodPressure`,
  recognisedBy: { parameter: 'code', token: codeToken(LOINC, '85354-9') },
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

/** Both 2708-6 and 59408-5 are due; the second tells it, as searches do. */
export const oxygenSaturationZib = {
  name: 'oxygen-saturation',
  type: 'Observation',
  profile: `${NICTIZ}/nl-core-O2Saturation`,
  recognisedBy: { parameter: 'code', token: codeToken(LOINC, '59408-5') },
} as const satisfies Zib;

/** The number of a pulse, which stands apart from the panel that may refer to it. */
export const pulseRateZib = {
  name: 'pulse-rate',
  type: 'Observation',
  profile: `${NICTIZ}/nl-core-PulseRate.PulseRateValue`,
  recognisedBy: { parameter: 'code', token: codeToken(LOINC, '8893-0') },
} as const satisfies Zib;

/** What holds number and regularity of one pulse together. */
export const pulsePanelZib = {
  name: 'pulse-panel',
  type: 'Observation',
  profile: `${NICTIZ}/nl-core-PulseRate`,
  recognisedBy: { parameter: 'code', token: codeToken(SNOMED_CT, '366199006') },
} as const satisfies Zib;

export const pulseRegularityZib = {
  name: 'pulse-regularity',
  type: 'Observation',
  profile: `${NICTIZ}/nl-core-PulseRate.PulseRegularity`,
  recognisedBy: { parameter: 'code', token: codeToken(LOINC, '44969-4') },
} as const satisfies Zib;

export const heartRateZib = {
  name: 'heart-rate',
  type: 'Observation',
  profile: `${NICTIZ}/nl-core-HeartRate`,
  recognisedBy: { parameter: 'code', token: codeToken(LOINC, '8867-4') },
} as const satisfies Zib;

export const heartbeatRegularityZib = {
  name: 'heartbeat-regularity',
  type: 'Observation',
  profile: `${NICTIZ}/nl-core-HeartRate.HeartbeatRegularity`,
  recognisedBy: { parameter: 'code', token: codeToken(SNOMED_CT, '301112006') },
} as const satisfies Zib;

/** Breaths per minute; the zib itself has no published profile, HL7’s own vital sign has (§4). */
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

/** Any code of a long list; the category tells it. */
export const laboratoryTestResultZib = {
  name: 'laboratory-test-result',
  type: 'Observation',
  profile: `${NICTIZ}/nl-core-LaboratoryTestResult`,
  recognisedBy: { parameter: 'category', token: codeToken(OBSERVATION_CATEGORY, 'laboratory') },
} as const satisfies Zib;

export const laboratorySpecimenZib = { name: 'laboratory-specimen', type: 'Specimen', profile: `${NICTIZ}/nl-core-LaboratoryTestResult.Specimen` } as const satisfies Zib;
