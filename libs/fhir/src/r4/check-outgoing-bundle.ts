import type { PatientId } from '@anw/values';
import { type FhirFailure } from '../fhir-failure.js';
import { type IdentifiedResource, referenceTo } from '../fhir-resource.js';
import { patientOf, referencesAt, searchTokensOf } from './resource-facts.js';
import type { SearchBundle } from './search-bundle.js';
import type { AllowedSearch } from './search-policy.js';

/**
 * Third check, after the request and the store query: "every entry belongs to the patient or is an allowed include"
 * (spec anw-fhir-profiles §10.2). A fault here is ours; the caller gets nothing.
 */
export function checkOutgoingBundle(bundle: SearchBundle, search: AllowedSearch, patient: PatientId): FhirFailure | undefined {
  const matches = bundle.entry.filter((entry) => entry.search.mode === 'match').map((entry) => entry.resource);
  const included = bundle.entry.filter((entry) => entry.search.mode === 'include').map((entry) => entry.resource);
  if (!matches.every((resource) => isMatch(resource, search, patient))) return { code: 'unexpected', reason: 'outgoing-match-outside-search' };
  if (!included.every((resource) => isAllowedInclude(resource, search, [...matches, ...included], patient))) return { code: 'unexpected', reason: 'outgoing-include-not-allowed' };
  return undefined;
}

/** Whether a resource is this patient's and what the search asks for. */
export function isMatch(resource: IdentifiedResource, { type, discriminator }: AllowedSearch, patient: PatientId): boolean {
  if (resource.resourceType !== type || patientOf(resource) !== patient) return false;
  return discriminator === undefined || searchTokensOf(resource).some(({ parameter, token }) => parameter === discriminator.parameter && discriminator.tokens.includes(token));
}

/** An include is of a listed type, referred to by what the listed element says, and nobody else's. */
function isAllowedInclude(resource: IdentifiedResource, search: AllowedSearch, others: readonly IdentifiedResource[], patient: PatientId): boolean {
  const owner = patientOf(resource);
  if (owner !== undefined && owner !== patient) return false;
  return search.includes.some(
    ({ from, element, targets }) =>
      targets.includes(resource.resourceType) && others.some((other) => other.resourceType === from && referencesAt(other, element).includes(referenceTo(resource))),
  );
}
