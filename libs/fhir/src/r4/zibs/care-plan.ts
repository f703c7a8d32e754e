import { codeToken, SNOMED_CT } from '../code-systems.js';
import { NICTIZ, type Zib } from './zib.js';

/** Spec anw-fhir-profiles §3.5. */
export const nursingInterventionZib = {
  name: 'nursing-intervention',
  type: 'CarePlan',
  profile: `${NICTIZ}/nl-core-NursingIntervention`,
  recognisedBy: { parameter: 'category', token: codeToken(SNOMED_CT, '9632001') },
} as const satisfies Zib;

export const treatmentObjectiveZib = { name: 'treatment-objective', type: 'Goal', profile: `${NICTIZ}/nl-core-TreatmentObjective` } as const satisfies Zib;

export const medicalDeviceZib = { name: 'medical-device', type: 'DeviceUseStatement', profile: `${NICTIZ}/nl-core-MedicalDevice` } as const satisfies Zib;

export const medicalDeviceProductZib = { name: 'medical-device-product', type: 'Device', profile: `${NICTIZ}/nl-core-MedicalDevice.Product` } as const satisfies Zib;

/** No published profile (§4). */
export const outcomeOfCareZib = {
  name: 'outcome-of-care',
  type: 'DiagnosticReport',
  recognisedBy: { parameter: 'code', token: codeToken(SNOMED_CT, '423100009') },
} as const satisfies Zib;

/** What an outcome of care rests on. */
export const functionalOrMentalStatusZib = {
  name: 'functional-or-mental-status',
  type: 'Observation',
  profile: `${NICTIZ}/nl-core-FunctionalOrMentalStatus`,
  recognisedBy: { parameter: 'category', token: codeToken(SNOMED_CT, '118228005'), orTokens: [codeToken(SNOMED_CT, '384821006')] },
} as const satisfies Zib;

/** A Procedure that is no restriction of freedom. */
export const procedureZib = { name: 'procedure', type: 'Procedure', profile: `${NICTIZ}/nl-core-Procedure-event` } as const satisfies Zib;

export const plannedProcedureZib = { name: 'planned-procedure', type: 'ServiceRequest', profile: `${NICTIZ}/nl-core-Procedure-request` } as const satisfies Zib;
