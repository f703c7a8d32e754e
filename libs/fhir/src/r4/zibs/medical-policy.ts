import { codeToken, CONSENT_CATEGORY, LOINC, SNOMED_CT } from '../code-systems.js';
import { NICTIZ, type Zib } from './zib.js';

/** Spec anw-fhir-profiles §3.4. */
export const allergyIntoleranceZib = { name: 'allergy-intolerance', type: 'AllergyIntolerance', profile: `${NICTIZ}/nl-core-AllergyIntolerance` } as const satisfies Zib;

/** An alert or a condition that is one; a contra-indication is a Flag of another category. */
export const alertZib = {
  name: 'alert',
  type: 'Flag',
  profile: `${NICTIZ}/nl-core-Alert`,
  recognisedBy: { parameter: 'category', token: codeToken(LOINC, '75323-6'), orTokens: [codeToken(LOINC, '74018-3')] },
} as const satisfies Zib;

/** Consent is also the privacy consent; the category tells the directives from it. */
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

export const freedomRestrictionZib = {
  name: 'freedom-restriction',
  type: 'Procedure',
  profile: `${NICTIZ}/nl-core-FreedomRestrictingIntervention`,
  recognisedBy: { parameter: 'category', token: codeToken(SNOMED_CT, '225317005') },
} as const satisfies Zib;

/** No published profile (§4). */
export const careAgreementZib = {
  name: 'care-agreement',
  type: 'CarePlan',
  recognisedBy: { parameter: 'category', token: codeToken(SNOMED_CT, '288834001') },
} as const satisfies Zib;

export const vaccinationZib = { name: 'vaccination', type: 'Immunization', profile: `${NICTIZ}/nl-core-Vaccination-event` } as const satisfies Zib;

export const plannedVaccinationZib = { name: 'planned-vaccination', type: 'ImmunizationRecommendation', profile: `${NICTIZ}/nl-core-Vaccination-request` } as const satisfies Zib;
