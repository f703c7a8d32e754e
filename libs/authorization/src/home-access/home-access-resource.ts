import type { AssuranceLevel } from '@anw/identity';
import { HomeAccessId } from '@anw/values';
import type { GrantedResource } from '../granted-resource.js';

const path = /^\/Location\/(.+)$/;

/** What an authorization holds that opens one patient's home access: that one Location, and no Location else. */
export function homeAccessResource(id: HomeAccessId, assuranceLevel: AssuranceLevel = 'low'): GrantedResource {
  return { path: homeAccessPath(id), operations: ['read'], userContext: true, assuranceLevel };
}

export function homeAccessPath(id: HomeAccessId): string {
  return `/Location/${id}`;
}

/** The home access that this path names; undefined when it names something else. */
export function homeAccessIn(resourcePath: string): HomeAccessId | undefined {
  return HomeAccessId.safeParse(path.exec(resourcePath)?.[1]).data;
}

/** The home access that an authorization opens; undefined when it opens none, or more than one: nobody has two front doors in one visit. */
export function homeAccessOf(resources: readonly GrantedResource[]): HomeAccessId | undefined {
  const [first, ...others] = resources.flatMap(({ path: resourcePath, operations }) => (operations.includes('read') ? (homeAccessIn(resourcePath) ?? []) : []));
  return others.length > 0 ? undefined : first;
}
