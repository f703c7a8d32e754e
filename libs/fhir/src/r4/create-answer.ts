import { fhirOk, type FhirResult, fhirRefusal, type ResourceIssue } from '../fhir-failure.js';
import { type IdentifiedResource, referenceTo } from '../fhir-resource.js';
import type { CreateResult, StoredResource } from '../fhir-source.js';
import { type OperationOutcome, toWarningOutcome } from './outcome.js';
import { toOutgoingResource } from './search-bundle.js';

export interface CreateAnswer {
  /** 201 for a new resource, 200 for a repeat of an earlier write (G16). */
  readonly status: 200 | 201;
  readonly headers: { readonly location: string; readonly etag: string; readonly 'last-modified': string };
  /** The resource, or the remarks when a soft limit was passed (G15). */
  readonly body: IdentifiedResource | OperationOutcome;
}

/** What a write is answered with. @param base FHIR base URL of the organisation, without a slash at the end. */
export function toCreateAnswer(result: CreateResult, warnings: readonly ResourceIssue[], base: string): FhirResult<CreateAnswer> {
  if (result.outcome === 'duplicate') return fhirRefusal('duplicate-identifier', 'identifier-taken-by-other-content');
  const { stored } = result;
  return fhirOk({
    status: result.outcome === 'created' ? 201 : 200,
    headers: {
      location: `${base}/${versionedReference(stored)}`,
      etag: `W/"${stored.version}"`,
      'last-modified': stored.lastUpdated.toUTCString(),
    },
    body: warnings.length === 0 ? toOutgoingResource(stored) : toWarningOutcome(warnings),
  });
}

/** `Observation/12/_history/1`: exactly what was disclosed or written, for `Location` and for the log. */
export function versionedReference({ resource, version }: StoredResource): string {
  return `${referenceTo(resource)}/_history/${version}`;
}
