import { referenceTo } from '../fhir-resource.js';
import type { StoredResource } from '../fhir-source.js';
import { referencesAt } from './resource-facts.js';
import type { AllowedInclude } from './search-policy.js';

/** Follows the listed includes in the policy's order, each from what has been found so far; `find` answers what there is. */
export async function followIncludes(
  matches: readonly StoredResource[],
  includes: readonly AllowedInclude[],
  find: (references: readonly string[]) => Promise<readonly StoredResource[]>,
): Promise<readonly StoredResource[]> {
  const included = new Map<string, StoredResource>();
  for (const include of includes) {
    const references = referencesFrom([...matches, ...included.values()], include).filter((reference) => !included.has(reference));
    if (references.length > 0) for (const stored of await find(references)) included.set(referenceTo(stored.resource), stored);
  }
  return [...included.values()];
}

/** Relative references to the listed types, each once. */
function referencesFrom(found: readonly StoredResource[], { from, element, targets }: AllowedInclude): readonly string[] {
  const references = found.filter(({ resource }) => resource.resourceType === from).flatMap(({ resource }) => referencesAt(resource, element));
  return [...new Set(references)].filter((reference) => targets.some((type) => reference.startsWith(`${type}/`)));
}
