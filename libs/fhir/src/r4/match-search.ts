import { fhirOk, type FhirResult, fhirRefusal } from '../fhir-failure.js';
import { type AllowedSearch, allowedSearches, MAXIMUM_COUNT, writtenValue } from './search-policy.js';

/** A search that the policy lists. `patient` is what the request named; the token decides whether that is allowed. */
export interface SearchInteraction {
  readonly kind: 'search';
  readonly type: string;
  readonly search: AllowedSearch;
  readonly patient: string;
  readonly count: number;
  /** Opaque place of a next page, as it came in. */
  readonly cursor?: string;
  /** As accepted, in the order of the request, decoded; without the cursor. */
  readonly parameters: readonly Parameter[];
}

export type Parameter = readonly [name: string, value: string];

/** What every search may carry besides its own parameters. `_cursor` stands in our own next links. */
const COMMON = ['_cursor', '_format'];

/**
 * Finds the one search of the policy that a query string is, "exactly the listed parameters, no fewer and no more"
 * (spec anw-fhir-profiles §2, §10.1).
 */
export function matchSearch(type: string, query: string): FhirResult<SearchInteraction> {
  const searches = allowedSearches.filter((search) => search.type === type);
  if (searches.length === 0) return fhirRefusal('outside-policy', 'search-type');
  const parameters = parseQuery(query);
  if (!parameters.ok) return parameters;
  const fault = refuseParameters(parameters.value, searches);
  if (fault !== undefined) return fault;
  const given = new Map(parameters.value);
  const search = searches.find((candidate) => isExactly(candidate, given));
  if (search === undefined) return fhirRefusal('outside-policy', 'search-not-listed');
  return fhirOk(toInteraction(search, given, parameters.value));
}

/** 400: a name that this type does not know, a name twice, a value without sense. Modifiers and chains are part of the name. */
function refuseParameters(parameters: readonly Parameter[], searches: readonly AllowedSearch[]): ReturnType<typeof fhirRefusal> | undefined {
  const known = new Set([...COMMON, ...searches.flatMap(parameterNames)]);
  const names = parameters.map(([name]) => name);
  if (names.some((name) => !known.has(name))) return fhirRefusal('unsupported-parameter', 'unknown-parameter');
  if (new Set(names).size !== names.length) return fhirRefusal('malformed-request', 'repeated-parameter');
  if (parameters.some(([name, value]) => !isWellFormed(name, value))) return fhirRefusal('malformed-request', 'parameter-value');
  return undefined;
}

function parameterNames(search: AllowedSearch): readonly string[] {
  return [
    search.patientParameter,
    ...(search.discriminator === undefined ? [] : [search.discriminator.parameter]),
    ...(search.profile === undefined ? [] : ['_profile']),
    ...(search.sortable ? ['_sort', '_count'] : []),
    ...search.includes.map((include) => include.parameter),
  ];
}

function isWellFormed(name: string, value: string): boolean {
  if (value === '') return false;
  if (name === 'patient') return /^(Patient\/)?[A-Za-z0-9.-]{1,64}$/.test(value);
  if (name === '_id') return /^[A-Za-z0-9.-]{1,64}$/.test(value);
  // §10.2 refuses a count above 100, zero or negative.
  if (name === '_count') return /^[1-9]\d{0,2}$/.test(value) && Number(value) <= MAXIMUM_COUNT;
  if (name === '_cursor') return /^[A-Za-z0-9_-]{1,512}$/.test(value);
  if (name === '_format') return /^(json|application\/(fhir\+)?json)$/.test(value);
  return true;
}

function isExactly(search: AllowedSearch, given: ReadonlyMap<string, string>): boolean {
  const allowed = new Set([...COMMON, ...parameterNames(search)]);
  return (
    [...given.keys()].every((name) => allowed.has(name)) &&
    given.has(search.patientParameter) &&
    [undefined, '-date'].includes(given.get('_sort')) &&
    search.includes.every((include) => given.get(include.parameter) === include.value) &&
    selects(search, given)
  );
}

/** The discriminator or, in its place, the profile: one of the two, with exactly the listed value. */
function selects({ discriminator, profile }: AllowedSearch, given: ReadonlyMap<string, string>): boolean {
  const selectors = [...(discriminator === undefined ? [] : [[discriminator.parameter, writtenValue(discriminator)] as const]), ...(profile === undefined ? [] : [['_profile', profile] as const])];
  const asked = selectors.filter(([name]) => given.has(name));
  if (asked.length === 0) return discriminator === undefined;
  return asked.length === 1 && asked.every(([name, value]) => given.get(name) === value);
}

function toInteraction(search: AllowedSearch, given: ReadonlyMap<string, string>, parameters: readonly Parameter[]): SearchInteraction {
  const cursor = given.get('_cursor');
  return {
    kind: 'search',
    type: search.type,
    search,
    patient: given.get(search.patientParameter)?.replace(/^Patient\//, '') ?? '',
    count: Number(given.get('_count') ?? MAXIMUM_COUNT),
    ...(cursor === undefined ? {} : { cursor }),
    parameters: parameters.filter(([name]) => name !== '_cursor' && name !== '_format'),
  };
}

/** "After one percent-decoding": names and values; a `+` is a plus. */
function parseQuery(query: string): FhirResult<readonly Parameter[]> {
  try {
    const pairs = query === '' ? [] : query.split('&').map(parsePair);
    return fhirOk(pairs);
  } catch (error) {
    if (error instanceof URIError) return fhirRefusal('malformed-request', 'query-encoding');
    throw error;
  }
}

function parsePair(pair: string): Parameter {
  const equals = pair.indexOf('=');
  const name = equals === -1 ? pair : pair.slice(0, equals);
  return [decodeURIComponent(name), equals === -1 ? '' : decodeURIComponent(pair.slice(equals + 1))];
}
