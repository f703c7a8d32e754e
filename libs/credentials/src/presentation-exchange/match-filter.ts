import { searchPattern } from './pattern.js';
import type { Filter } from './presentation-definition.js';

/** A filter's answer: the value that it let through, of a pattern with a group that group. */
export type FilterMatch = { readonly matches: true; readonly value: unknown } | { readonly matches: false };

const no: FilterMatch = { matches: false };

/** "A const filter on an array matches when one element matches" (spec nuts-protocols §4.3). */
export function matchFilter(filter: Filter, value: unknown): FilterMatch {
  if (!Array.isArray(value)) return matchOne(filter, value);
  if (filter.type === 'array' && isTypeOnly(filter)) return { matches: true, value };
  const { type, ...rest } = filter;
  const ofElement = type === 'array' ? rest : filter;
  return value.map((element) => matchOne(ofElement, element)).find(({ matches }) => matches) ?? no;
}

function isTypeOnly(filter: Filter): boolean {
  return filter.const === undefined && filter.enum === undefined && filter.pattern === undefined;
}

function matchOne(filter: Filter, value: unknown): FilterMatch {
  if (filter.type !== undefined && typeof value !== filter.type) return no;
  if (filter.const !== undefined && value !== filter.const) return no;
  if (filter.enum !== undefined && !(typeof value === 'string' && filter.enum.includes(value))) return no;
  return filter.pattern === undefined ? { matches: true, value } : matchPattern(filter.pattern, value);
}

function matchPattern(pattern: string, value: unknown): FilterMatch {
  if (typeof value !== 'string') return no;
  const found = searchPattern(pattern, value);
  return found === undefined ? no : { matches: true, value: found };
}
