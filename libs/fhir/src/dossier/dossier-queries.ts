import type { PatientId } from '@anw/values';
import { allowedSearches, writtenValue } from '../r4/search-policy.js';

/** Names a part of the dossier; equals the name of the search in the policy. */
export type DossierPartName =
  | 'patient'
  | 'alert'
  | 'allergy-intolerance'
  | 'treatment-directive'
  | 'advance-directive'
  | 'contact-person'
  | 'medication-use'
  | 'problem'
  | 'blood-pressure'
  | 'body-weight'
  | 'body-height'
  | 'body-temperature'
  | 'oxygen-saturation'
  | 'pulse-rate'
  | 'nursing-report';

/** One search that makes up a part of the dossier. */
export interface DossierQuery {
  readonly name: DossierPartName;
  readonly type: string;
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

/**
 * In the order that matters at the door, and how many of each, newest first (spec anw-fhir-profiles §3, request
 * column). Without a count: all of them.
 */
const parts: readonly { readonly name: DossierPartName; readonly count?: number }[] = [
  { name: 'patient' },
  { name: 'alert' },
  { name: 'allergy-intolerance' },
  { name: 'treatment-directive' },
  { name: 'advance-directive' },
  { name: 'contact-person' },
  { name: 'medication-use' },
  { name: 'problem' },
  { name: 'blood-pressure', count: 5 },
  { name: 'body-weight', count: 5 },
  { name: 'body-height', count: 5 },
  { name: 'body-temperature', count: 5 },
  { name: 'oxygen-saturation', count: 5 },
  { name: 'pulse-rate', count: 5 },
  { name: 'nursing-report', count: 10 },
];

/** The searches that make up a dossier, each exactly as the policy lists it. */
export function dossierQueries(patient: PatientId): readonly DossierQuery[] {
  return parts.map(({ name, count }) => toQuery(name, count, patient));
}

function toQuery(name: DossierPartName, count: number | undefined, patient: PatientId): DossierQuery {
  const search = allowedSearches.find((allowed) => allowed.name === name);
  if (search === undefined) throw new Error(`no search is allowed for ${name}`);
  const { type, patientParameter, discriminator, includes, sortable } = search;
  return {
    name,
    type,
    parameters: [
      [patientParameter, patientParameter === '_id' ? patient : `Patient/${patient}`],
      ...(discriminator === undefined ? [] : [[discriminator.parameter, writtenValue(discriminator)] as const]),
      ...includes.map(({ parameter, value }) => [parameter, value] as const),
      ...(sortable ? [['_sort', '-date'] as const] : []),
      ...(count === undefined ? [] : [['_count', String(count)] as const]),
    ],
  };
}
