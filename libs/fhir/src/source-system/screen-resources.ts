import type { PatientId } from '@anw/values';
import { IdentifiedResource, referenceTo } from '../fhir-resource.js';
import { isMatch } from '../r4/check-outgoing-bundle.js';
import { needsPatient, patientOf } from '../r4/resource-facts.js';
import type { AllowedSearch } from '../r4/search-policy.js';

/** Why something that a source system gave is not passed on. Closed: a metric has it as a label. */
export type DropReason = 'not-a-resource' | 'another-type' | 'another-patient' | 'outside-search' | 'not-asked' | 'twice';

export interface Screened {
  /** In the order in which they came. */
  readonly kept: readonly IdentifiedResource[];
  readonly dropped: readonly DropReason[];
}

/**
 * What of an answer to a search may be believed: resources of the type, of the patient and with the code that was asked,
 * each once. The organisation's own server is never trusted to filter (design D15).
 */
export function screenMatches(given: readonly unknown[], search: AllowedSearch, patient: PatientId): Screened {
  return screen(given, (resource) => {
    if (resource.resourceType !== search.type) return 'another-type';
    if (patientOf(resource) !== patient) return 'another-patient';
    return isMatch(resource, search, patient) ? undefined : 'outside-search';
  });
}

/** What of an answer may be believed that was asked by reference: exactly those, of nobody or of this patient. */
export function screenReferred(given: readonly unknown[], references: readonly string[], patient: PatientId): Screened {
  return screen(given, (resource) => {
    if (!references.includes(referenceTo(resource))) return 'not-asked';
    const owner = patientOf(resource);
    if (owner === undefined) return needsPatient(resource.resourceType) ? 'another-patient' : undefined;
    return owner === patient ? undefined : 'another-patient';
  });
}

function screen(given: readonly unknown[], refusalOf: (resource: IdentifiedResource) => DropReason | undefined): Screened {
  const kept = new Map<string, IdentifiedResource>();
  const dropped: DropReason[] = [];
  for (const each of given) {
    const parsed = IdentifiedResource.safeParse(each);
    const refusal = parsed.success ? (refusalOf(parsed.data) ?? (kept.has(referenceTo(parsed.data)) ? 'twice' : undefined)) : 'not-a-resource';
    if (refusal !== undefined) dropped.push(refusal);
    else if (parsed.success) kept.set(referenceTo(parsed.data), parsed.data);
  }
  return { kept: [...kept.values()], dropped };
}
