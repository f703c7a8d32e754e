import type { FhirResource } from '../fhir-resource.js';

/** Elements that FHIR R4 itself makes mandatory, per type of chapter 4 (spec anw-fhir-profiles §2); `[x]` stands for a choice of types. */
const mandatoryElements: Readonly<Record<string, readonly string[]>> = {
  Observation: ['status', 'code'],
  Composition: ['status', 'type', 'date', 'author', 'title'],
  DiagnosticReport: ['status', 'code'],
  Flag: ['status', 'code', 'subject'],
  Consent: ['status', 'scope', 'category'],
  CarePlan: ['status', 'intent', 'subject'],
  Goal: ['lifecycleStatus', 'description', 'subject'],
  DeviceUseStatement: ['status', 'subject', 'device'],
  Procedure: ['status', 'subject'],
  ServiceRequest: ['status', 'intent', 'subject'],
  Immunization: ['status', 'vaccineCode', 'patient', 'occurrence[x]'],
  ImmunizationRecommendation: ['patient', 'date', 'recommendation'],
  AllergyIntolerance: ['patient'],
  Condition: ['subject'],
  EpisodeOfCare: ['status', 'patient'],
  FamilyMemberHistory: ['status', 'patient', 'relationship'],
  MedicationStatement: ['status', 'medication[x]', 'subject'],
  MedicationAdministration: ['status', 'medication[x]', 'subject', 'effective[x]'],
  MedicationRequest: ['status', 'intent', 'medication[x]', 'subject'],
  MedicationDispense: ['status', 'medication[x]'],
  RelatedPerson: ['patient'],
  Media: ['status', 'content'],
};

/** Paths of mandatory elements that are absent: `Observation.status`. */
export function missingElementsOf(resource: FhirResource): readonly string[] {
  const present = Object.keys(resource);
  const isThere = (element: string) => {
    const [stem = '', choice] = element.split('[x]');
    return choice === undefined ? present.includes(element) || present.includes(`_${element}`) : present.some((name) => new RegExp(`^_?${stem}[A-Z]`).test(name));
  };
  return (mandatoryElements[resource.resourceType] ?? []).filter((element) => !isThere(element)).map((element) => `${resource.resourceType}.${element}`);
}
