import { z } from 'zod';

/** Logical id of a resource (FHIR R4 datatypes, `id`). */
export const FhirId = z.string().regex(/^[A-Za-z0-9.-]{1,64}$/);

/** Name of a resource type as it stands in URLs and in `resourceType`. */
export const ResourceType = z.string().regex(/^[A-Z][A-Za-z]{1,63}$/);

/** Any FHIR resource: what every one has, the rest unread. A rule that needs more reads it with its own schema. */
export const FhirResource = z.looseObject({ resourceType: ResourceType, id: FhirId.optional() });
export type FhirResource = z.infer<typeof FhirResource>;

/** A resource that has its place: type and id together name it. */
export const IdentifiedResource = z.looseObject({ resourceType: ResourceType, id: FhirId });
export type IdentifiedResource = z.infer<typeof IdentifiedResource>;

/** `Type/id`, the relative literal reference (FHIR R4 references §2.3.0.1). */
export function referenceTo(resource: IdentifiedResource): string {
  return `${resource.resourceType}/${resource.id}`;
}
