import { codeToken, SNOMED_CT } from '../code-systems.js';
import { NICTIZ, type Zib } from './zib.js';

/** Spec anw-fhir-profiles §3.2: the same code marks a free text Observation; the resource type is the discriminator. */
export const soapReportZib = {
  name: 'soap-report',
  type: 'Composition',
  profile: `${NICTIZ}/nl-core-SOAPReport`,
  recognisedBy: { parameter: 'type', token: codeToken(SNOMED_CT, '11591000146107') },
} as const satisfies Zib;

/** What the nurse hears, sees, concludes and plans: S, O, E and P, each an Observation of its own. */
export const soapLineZib = {
  name: 'soap-line',
  type: 'Observation',
  profile: `${NICTIZ}/nl-core-SOAPReport.SOAPLine`,
  recognisedBy: {
    parameter: 'code',
    token: codeToken(SNOMED_CT, '255362007'),
    orTokens: [codeToken(SNOMED_CT, '260224007'), codeToken(SNOMED_CT, '129265001'), codeToken(SNOMED_CT, '129271007')],
  },
} as const satisfies Zib;

/** Free text report. No zib has it; the profile's URL is the one that ANW v2024.1 searches by. */
export const nursingReportZib = {
  name: 'nursing-report',
  type: 'Observation',
  profile: 'https://nuts.nl/fhir/StructureDefinition/nl-core-nursingreport',
  recognisedBy: { parameter: 'code', token: codeToken(SNOMED_CT, '11591000146107') },
} as const satisfies Zib;

const TEXT_RESULT_TYPES = ['363679005', '363680008', '16310003', '77477000', '113091000', '77343006', '40701008', '371572003', '108257001', '71388002', '450436003'] as const;

/** One of the twelve kinds of examination that a text result can be about (§5). */
export const textResultZib = {
  name: 'text-result',
  type: 'DiagnosticReport',
  profile: `${NICTIZ}/nl-core-TextResult`,
  recognisedBy: { parameter: 'code', token: codeToken(SNOMED_CT, '19851009'), orTokens: TEXT_RESULT_TYPES.map((code) => codeToken(SNOMED_CT, code)) },
} as const satisfies Zib;
