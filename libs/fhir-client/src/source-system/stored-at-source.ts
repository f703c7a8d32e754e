import { FhirId, type IdentifiedResource, type StoredResource } from '@anw/fhir';
import { z } from 'zod';

const Meta = z.looseObject({ versionId: FhirId.optional().catch(undefined), lastUpdated: z.iso.datetime({ offset: true }).optional().catch(undefined) });
const WithMeta = z.looseObject({ meta: Meta.optional().catch(undefined) });

/** A resource with version and time as its server says; where it does not, the first version, as we saw it now. */
export function storedAtSource(resource: IdentifiedResource, now: Date): StoredResource {
  const { meta } = WithMeta.parse(resource);
  return { resource, version: meta?.versionId ?? 1, lastUpdated: meta?.lastUpdated === undefined ? now : new Date(meta.lastUpdated) };
}
