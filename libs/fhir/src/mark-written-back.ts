import type { FhirResource } from './fhir-resource.js';
import type { ResourceDraft } from './fhir-source.js';

/** The resource as it goes into the record, with whose it is: `meta.source` names the actor that wrote it. */
export function markWrittenBack({ body, origin }: Pick<ResourceDraft, 'body' | 'origin'>): FhirResource {
  const meta = typeof body['meta'] === 'object' ? body['meta'] : {};
  return { ...body, meta: { ...meta, source: origin.actor } };
}
