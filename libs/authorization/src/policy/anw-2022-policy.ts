import type { GrantedResource, Operation } from '@anw/credentials';

/**
 * The most that an authorization can open: types and operations of the bolt's access policy (spec anw-fhir-profiles
 * §10.1). Which searches, and which instances, is for the FHIR library. Everything not listed is refused. How to get into
 * a home is not among what a regisseur grants when it narrows nothing: each authorization names it, or does not.
 */
export const anw2022Policy = {
  '/Patient': ['read', 'search'],
  '/Observation': ['read', 'search', 'create'],
  '/Composition': ['read', 'search', 'create'],
  '/DiagnosticReport': ['read', 'search', 'create'],
  '/MedicationStatement': ['read', 'search', 'create'],
  '/MedicationAdministration': ['read', 'search', 'create'],
  '/MedicationRequest': ['search'],
  '/MedicationDispense': ['search'],
  '/AllergyIntolerance': ['search'],
  '/CarePlan': ['search'],
  '/Condition': ['search'],
  '/Consent': ['search'],
  '/DeviceUseStatement': ['search'],
  '/EpisodeOfCare': ['search'],
  '/FamilyMemberHistory': ['search'],
  '/Flag': ['search'],
  '/Goal': ['search'],
  '/Immunization': ['search'],
  '/ImmunizationRecommendation': ['search'],
  '/Procedure': ['search'],
  '/RelatedPerson': ['search'],
  '/ServiceRequest': ['search'],
  '/Organization': ['read'],
  '/Practitioner': ['read'],
  '/PractitionerRole': ['read'],
  '/Specimen': ['read'],
} as const satisfies Record<string, readonly Operation[]>;

/** The whole policy as `resources` of an authorization: what a regisseur grants when it narrows nothing. */
export const anw2022Resources: readonly GrantedResource[] = Object.entries(anw2022Policy).map(([path, operations]) => ({
  path,
  operations: [...operations],
  userContext: true,
  assuranceLevel: 'low',
}));
