import type { GrantedResource, Operation } from '@anw/credentials';
import { type AssuranceLevel, meetsAssuranceLevel } from '@anw/identity';
import { homeAccessIn } from '../home-access/home-access-resource.js';
import { anw2022Policy } from '../policy/anw-2022-policy.js';

const policy: ReadonlyMap<string, readonly Operation[]> = new Map(Object.entries(anw2022Policy));

export interface RequestedOperation {
  /** `/<FHIR type>`, or `/Location/<id>` of a home access, as in `resources` of an authorization. */
  readonly path: string;
  readonly operation: Operation;
}

/**
 * Whether both the bolt's policy and the authorization list this operation, for a person of this level. Deny unless
 * listed: `resources` only ever narrows the policy, because who issues it does not hold the data (design §4).
 */
export function mayPerform({ path, operation }: RequestedOperation, granted: readonly GrantedResource[], level: AssuranceLevel): boolean {
  if (!listedFor(path).includes(operation)) return false;
  return granted.some((resource) => resource.path === path && resource.operations.includes(operation) && meetsAssuranceLevel(level, resource.assuranceLevel));
}

/** "Read Location: the home-access id named in the authorisation" (spec anw-fhir-profiles §10.1); no other instance has a rule of its own. */
function listedFor(path: string): readonly Operation[] {
  return homeAccessIn(path) === undefined ? (policy.get(path) ?? []) : ['read'];
}
