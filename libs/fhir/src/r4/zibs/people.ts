import { NICTIZ, type Zib } from './zib.js';

/** Spec anw-fhir-profiles §3.7. */
export const patientZib = { name: 'patient', type: 'Patient', profile: `${NICTIZ}/nl-core-Patient` } as const satisfies Zib;

export const contactPersonZib = { name: 'contact-person', type: 'RelatedPerson', profile: `${NICTIZ}/nl-core-ContactPerson` } as const satisfies Zib;

/** No zib: a Location of which the description is a secret. Other Locations exist, so that its type does not tell it. */
export const homeAccess = { name: 'home-access', type: 'Location' } as const satisfies Zib;

/** Who gives the care: no zibs of the read table, and needed to make sense of them (§1). */
export const healthProfessionalRoleZib = { name: 'health-professional-role', type: 'PractitionerRole', profile: `${NICTIZ}/nl-core-HealthProfessional-PractitionerRole` } as const satisfies Zib;

export const healthProfessionalZib = { name: 'health-professional', type: 'Practitioner', profile: `${NICTIZ}/nl-core-HealthProfessional-Practitioner` } as const satisfies Zib;

export const healthcareProviderZib = { name: 'healthcare-provider', type: 'Organization', profile: `${NICTIZ}/nl-core-HealthcareProvider-Organization` } as const satisfies Zib;
