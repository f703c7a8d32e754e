import type { FhirResource } from '../fhir-resource.js';
import { valuesAt } from './resource-facts.js';
import type { Pointer } from './search-policy.js';

/** Whether a resource refers to `reference` (`Specimen/12`), literally, where one of the pointers allows it to. */
export function pointsAt(resource: FhirResource, reference: string, pointers: readonly Pointer[]): boolean {
  return pointers.some(({ from, path }) => {
    if (from !== undefined && from !== resource.resourceType) return false;
    return path.length === 0 ? refersAnywhere(resource, reference) : valuesAt(resource, [...path, 'reference']).includes(reference);
  });
}

function refersAnywhere(value: unknown, reference: string): boolean {
  if (Array.isArray(value)) return value.some((each) => refersAnywhere(each, reference));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, each]) => (name === 'reference' && each === reference) || refersAnywhere(each, reference));
}
