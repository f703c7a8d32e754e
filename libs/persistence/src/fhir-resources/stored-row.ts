import { IdentifiedResource, type StoredResource } from '@anw/fhir';
import { z } from 'zod';

/** Columns of `fhir_resource` that make a resource as the source keeps it. */
export const StoredRow = z.object({ body: IdentifiedResource, version: z.number().int(), last_updated: z.date() });

export function toStoredResource(row: unknown): StoredResource {
  const { body, version, last_updated: lastUpdated } = StoredRow.parse(row);
  return { resource: body, version, lastUpdated };
}
