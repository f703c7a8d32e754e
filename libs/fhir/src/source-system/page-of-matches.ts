import type { SearchPosition, SourceSearch, SourceSearchResult, StoredResource } from '../fhir-source.js';
import { dateOf } from '../r4/resource-facts.js';

/** One page of what was found, sorted and cut as our own store does it: newest first, what has no date last, then by id. */
export function pageOfMatches(found: readonly StoredResource[], { count, after }: Pick<SourceSearch, 'count' | 'after'>): Omit<SourceSearchResult, 'included'> {
  const placed = found.map((stored) => ({ stored, at: positionOf(stored) })).toSorted((one, other) => compare(other.at, one.at));
  const rest = after === undefined ? placed : placed.filter(({ at }) => compare(at, after) < 0);
  const page = rest.slice(0, count);
  const last = page.at(-1);
  return { total: found.length, matches: page.map(({ stored }) => stored), ...(rest.length > count && last !== undefined ? { next: last.at } : {}) };
}

function positionOf({ resource }: StoredResource): SearchPosition {
  return { date: dateOf(resource) ?? new Date(0), id: resource.id };
}

/** Ids are ASCII, so that this is PostgreSQL's byte order too. */
function compare(one: SearchPosition, other: SearchPosition): number {
  return one.date.getTime() - other.date.getTime() || (one.id < other.id ? -1 : Number(one.id > other.id));
}
