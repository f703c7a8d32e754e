import { codeToken, SNOMED_CT } from '../code-systems.js';
import { NICTIZ, type Zib } from './zib.js';

/** Spec anw-fhir-profiles §3.6: published by the medication programme, not in nl-core. */
export const medicationUseZib = {
  name: 'medication-use',
  type: 'MedicationStatement',
  profile: `${NICTIZ}/mp-MedicationUse2`,
  recognisedBy: { parameter: 'category', token: codeToken(SNOMED_CT, '422979000') },
} as const satisfies Zib;

export const medicationAdministrationZib = {
  name: 'medication-administration',
  type: 'MedicationAdministration',
  profile: `${NICTIZ}/mp-MedicationAdministration2`,
  recognisedBy: { parameter: 'category', token: codeToken(SNOMED_CT, '18629005') },
} as const satisfies Zib;

export const medicationAgreementZib = {
  name: 'medication-agreement',
  type: 'MedicationRequest',
  profile: `${NICTIZ}/mp-MedicationAgreement`,
  recognisedBy: { parameter: 'category', token: codeToken(SNOMED_CT, '33633005') },
} as const satisfies Zib;

export const administrationAgreementZib = {
  name: 'administration-agreement',
  type: 'MedicationDispense',
  profile: `${NICTIZ}/mp-AdministrationAgreement`,
  recognisedBy: { parameter: 'category', token: codeToken(SNOMED_CT, '422037009') },
} as const satisfies Zib;

export const medicationContraIndicationZib = {
  name: 'medication-contra-indication',
  type: 'Flag',
  profile: `${NICTIZ}/nl-core-MedicationContraIndication`,
  recognisedBy: { parameter: 'category', token: codeToken(SNOMED_CT, '140401000146105') },
} as const satisfies Zib;

export const pharmaceuticalProductZib = { name: 'pharmaceutical-product', type: 'Medication', profile: `${NICTIZ}/mp-PharmaceuticalProduct` } as const satisfies Zib;
