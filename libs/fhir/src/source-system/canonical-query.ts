import type { PatientId } from '@anw/values';
import { type AllowedSearch, MAXIMUM_COUNT } from '../r4/search-policy.js';

/** FHIR R4 itself has no such search parameter; servers refuse or ignore it, so that we choose among all of the type. */
const unknownToR4 = ['Flag category', 'MedicationDispense category', 'MedicationAdministration category'];

/** We tell by the lack of other codes that a resource is of a profile; a source system would go by what the resource claims. */
const toldByUs = '_profile';

/** What a source system is asked for an allowed search: whose, which code, and nothing by which its answer could be narrowed further. */
export function canonicalQuery({ type, discriminator }: AllowedSearch, patient: PatientId): URLSearchParams {
  const query = new URLSearchParams({ patient });
  if (discriminator !== undefined && discriminator.parameter !== toldByUs && !unknownToR4.includes(`${type} ${discriminator.parameter}`)) query.set(discriminator.parameter, discriminator.tokens.join(','));
  query.set('_count', String(MAXIMUM_COUNT));
  return query;
}
