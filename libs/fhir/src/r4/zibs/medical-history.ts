import { codeToken, SNOMED_CT } from '../code-systems.js';
import { NICTIZ, type Zib } from './zib.js';

/** Spec anw-fhir-profiles §3.3. */
export const episodeOfCareZib = { name: 'episode-of-care', type: 'EpisodeOfCare', profile: `${NICTIZ}/nl-core-EpisodeOfCare` } as const satisfies Zib;

/** No published profile (§4). */
export const familyHistoryZib = { name: 'family-history', type: 'FamilyMemberHistory' } as const satisfies Zib;

export const alcoholUseZib = {
  name: 'alcohol-use',
  type: 'Observation',
  profile: `${NICTIZ}/nl-core-AlcoholUse`,
  recognisedBy: { parameter: 'code', token: codeToken(SNOMED_CT, '228273003') },
} as const satisfies Zib;

export const drugUseZib = {
  name: 'drug-use',
  type: 'Observation',
  profile: `${NICTIZ}/nl-core-DrugUse`,
  recognisedBy: { parameter: 'code', token: codeToken(SNOMED_CT, '228366006') },
} as const satisfies Zib;

/** Its kinds are categories of an open list, so that the type tells. */
export const problemZib = { name: 'problem', type: 'Condition', profile: `${NICTIZ}/nl-core-Problem` } as const satisfies Zib;

/** No zib of chapter 4: a restriction of freedom points at it (§3.4). A Condition as well, and no problem. */
export const legalStatusZib = {
  name: 'legal-status',
  type: 'Condition',
  profile: `${NICTIZ}/nl-core-LegalSituation-LegalStatus`,
  recognisedBy: { parameter: 'category', token: codeToken(SNOMED_CT, '303186005') },
} as const satisfies Zib;

export const legalRepresentationZib = {
  name: 'legal-representation',
  type: 'Condition',
  profile: `${NICTIZ}/nl-core-LegalSituation-Representation`,
  recognisedBy: { parameter: 'category', token: codeToken(SNOMED_CT, '151701000146105') },
} as const satisfies Zib;
