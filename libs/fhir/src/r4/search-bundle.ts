import type { SourceSearchResult, StoredResource } from '../fhir-source.js';
import type { IdentifiedResource } from '../fhir-resource.js';
import type { Parameter, SearchInteraction } from './match-search.js';
import { narrativeOf } from './narrative.js';
import { zibOf } from './resource-facts.js';

export interface SearchBundle {
  readonly resourceType: 'Bundle';
  readonly type: 'searchset';
  readonly timestamp: string;
  readonly total: number;
  readonly link: readonly { readonly relation: 'self' | 'next'; readonly url: string }[];
  readonly entry: readonly SearchEntry[];
}

export interface SearchEntry {
  readonly fullUrl: string;
  readonly resource: IdentifiedResource;
  readonly search: { readonly mode: 'match' | 'include' };
}

export interface SearchAnswer {
  readonly search: SearchInteraction;
  readonly result: SourceSearchResult;
  /** Cursor of the next page, when there is one. */
  readonly nextCursor?: string;
  /** FHIR base URL of the organisation, without a slash at the end. */
  readonly base: string;
  readonly at: Date;
}

/** The answer to a search (FHIR R4 search §3.1.1.4): matches, allowed includes, `total`, links. */
export function createSearchBundle({ search, result, nextCursor, base, at }: SearchAnswer): SearchBundle {
  const self = `${base}/${search.type}?${printParameters(search.parameters)}`;
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    timestamp: at.toISOString(),
    total: result.total,
    link: [{ relation: 'self', url: self }, ...(nextCursor === undefined ? [] : [{ relation: 'next' as const, url: `${self}&_cursor=${nextCursor}` }])],
    entry: [...result.matches.map((stored) => toEntry(stored, 'match', base)), ...result.included.map((stored) => toEntry(stored, 'include', base))],
  };
}

/**
 * A stored resource as it goes out: version and time in `meta`, and the profile filled in where the source left it
 * empty, because partners also search and recognise by `_profile` (spec anw-fhir-profiles §2); a narrative for what a nurse wrote.
 */
export function toOutgoingResource({ resource, version, lastUpdated }: StoredResource): IdentifiedResource {
  const meta = typeof resource['meta'] === 'object' && resource['meta'] !== null ? (resource['meta'] as Record<string, unknown>) : {};
  const profile = Array.isArray(meta['profile']) && meta['profile'].length > 0 ? meta['profile'] : profileOf(resource);
  const text = narrativeOf(resource);
  return { ...resource, ...(text && { text }), meta: { ...meta, versionId: String(version), lastUpdated: lastUpdated.toISOString(), ...(profile === undefined ? {} : { profile }) } };
}

/** What was asked, as accepted, for the log: without the patient, who has a field of its own there. */
export function describeSearch(search: SearchInteraction): string {
  return `${search.type}?${printParameters(search.parameters.filter(([name]) => name !== search.search.patientParameter))}`;
}

function profileOf(resource: IdentifiedResource): readonly string[] | undefined {
  const profile = zibOf(resource)?.profile;
  return profile === undefined ? undefined : [profile];
}

function toEntry(stored: StoredResource, mode: 'match' | 'include', base: string): SearchEntry {
  const resource = toOutgoingResource(stored);
  return { fullUrl: `${base}/${resource.resourceType}/${resource.id}`, resource, search: { mode } };
}

function printParameters(parameters: readonly Parameter[]): string {
  return parameters.map(([name, value]) => `${encodeName(name)}=${encodeURIComponent(value)}`).join('&');
}

/** A colon may stand in a query (RFC 3986 §3.4); partners print `_include:iterate` so. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll('%3A', ':');
}
