/** URIs of the code and identifier systems that chapter 4 uses (spec anw-fhir-profiles §0, §7). */
export const LOINC = 'http://loinc.org';
export const SNOMED_CT = 'http://snomed.info/sct';
export const UCUM = 'http://unitsofmeasure.org';
export const OBSERVATION_CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';
export const CONDITION_CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
export const CONSENT_CATEGORY = 'http://terminology.hl7.org/CodeSystem/consentcategorycodes';
export const BSN_SYSTEM = 'http://fhir.nl/fhir/NamingSystem/bsn';
/** The OID form of the BSN system, accepted on input (spec anw-fhir-profiles §7). */
export const BSN_OID = 'urn:oid:2.16.840.1.113883.2.4.6.3';
/** A value that is itself a URI, such as `urn:uuid:…` (FHIR R4 identifier systems). */
export const URI_SYSTEM = 'urn:ietf:rfc:3986';

/** A code within its system as search writes it: `system|code`. */
export type CodeToken = `${string}|${string}`;

export function codeToken(system: string, code: string): CodeToken {
  return `${system}|${code}`;
}
