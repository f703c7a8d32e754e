import type { PatientId } from '@anw/values';
import { allowedSearches, writtenValue } from '../r4/search-policy.js';

/**
 * Parts of the dossier, each named after its search in the policy; in the order that matters at the door, which is the
 * order in which they are asked.
 */
export const dossierPartNames = [
  'patient',
  'alert',
  'medication-contra-indication',
  'allergy-intolerance',
  'treatment-directive',
  'advance-directive',
  'contact-person',
  'medication-use',
  'medication-agreement',
  'administration-agreement',
  'medication-administration',
  'nursing-report',
  'soap-report',
  'blood-pressure',
  'pulse-rate',
  'pulse-regularity',
  'pulse-panel',
  'oxygen-saturation',
  'body-temperature',
  'body-weight',
  'body-height',
  'nursing-intervention',
  'treatment-objective',
  'care-agreement',
  'medical-device',
  'problem',
  'episode-of-care',
  'procedure',
  'planned-procedure',
  'vaccination',
  'planned-vaccination',
  'alcohol-use',
  'drug-use',
  'family-history',
  'freedom-restriction',
  'outcome-of-care',
  'laboratory-test-result',
] as const;
export type DossierPartName = (typeof dossierPartNames)[number];

/** One search that makes up a part of the dossier. */
export interface DossierQuery {
  readonly name: DossierPartName;
  readonly type: string;
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

/** The searches that make up a dossier, each exactly as the policy lists it (spec anw-fhir-profiles §3, request column). */
export function dossierQueries(patient: PatientId): readonly DossierQuery[] {
  return dossierPartNames.map((name) => toQuery(name, patient));
}

function toQuery(name: DossierPartName, patient: PatientId): DossierQuery {
  const search = allowedSearches.find((allowed) => allowed.name === name);
  if (search === undefined) throw new Error(`no search is allowed for ${name}`);
  const { type, patientParameter, discriminator, includes, sortable, usualCount } = search;
  return {
    name,
    type,
    parameters: [
      [patientParameter, patientParameter === '_id' ? patient : `Patient/${patient}`],
      ...(discriminator === undefined ? [] : [[discriminator.parameter, writtenValue(discriminator)] as const]),
      ...includes.map(({ parameter, value }) => [parameter, value] as const),
      ...(sortable ? [['_sort', '-date'] as const] : []),
      ...(usualCount === undefined ? [] : [['_count', String(usualCount)] as const]),
    ],
  };
}
