import { type WriteKindName, writeKinds } from './write-kinds.js';

/** The FHIR types that a kind creates. */
const createdTypes: Readonly<Record<WriteKindName, readonly string[]>> = {
  'blood-pressure': ['Observation'],
  'body-weight': ['Observation'],
  'body-height': ['Observation'],
  'body-temperature': ['Observation'],
  'oxygen-saturation': ['Observation'],
  'pulse-rate': ['Observation'],
  'heart-rate': ['Observation'],
  respiration: ['Observation'],
  'visual-acuity': ['Observation'],
  'nursing-report': ['Observation'],
  'soap-report': ['Observation', 'Composition'],
  'text-result': ['DiagnosticReport'],
  'medication-use': ['MedicationStatement'],
  'medication-administration': ['MedicationAdministration'],
};

/** What an authorization lets a nurse write. @param mayCreate whether it opens creation of this FHIR type */
export function writableKinds(mayCreate: (type: string) => boolean): readonly WriteKindName[] {
  return (Object.keys(writeKinds) as WriteKindName[]).filter((kind) => createdTypes[kind].every(mayCreate));
}
