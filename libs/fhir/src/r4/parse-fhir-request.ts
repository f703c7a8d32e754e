import type { HomeAccessReason } from '@anw/values';
import { FhirId, ResourceType } from '../fhir-resource.js';
import { fhirOk, type FhirResult, fhirRefusal } from '../fhir-failure.js';
import { homeAccessReasonIn } from '../home-access/home-access-reason.js';
import { matchSearch, type SearchInteraction } from './match-search.js';
import { allowedCreates, allowedReads } from './search-policy.js';

/** What a request asks, once it has a form that the policy knows. Whose patient it is, is not decided here. */
export type FhirInteraction =
  | { readonly kind: 'capabilities' }
  | { readonly kind: 'read'; readonly type: string; readonly id: string }
  /** A read like no other: its own scope, its own reason, its own line in the log. */
  | { readonly kind: 'reveal-home-access'; readonly id: string; readonly reason: HomeAccessReason | undefined }
  | SearchInteraction
  | { readonly kind: 'create'; readonly type: string };

export interface FhirRequest {
  readonly method: string;
  /** Behind the FHIR base, as received, not decoded: `/Observation`. */
  readonly path: string;
  /** Behind the `?`, as received, not decoded; empty when there is none. */
  readonly query: string;
  /** By lower-case name, as Node gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

const MAXIMUM_URL_LENGTH = 4_096;

/**
 * Reads a request against the policy (spec anw-fhir-profiles §10): 405 for a method, 400 for what is unknown, repeated
 * or malformed, 403 for what is well formed and not allowed. Path and query are percent-decoded once and compared
 * byte for byte from then on.
 */
export function parseFhirRequest(request: FhirRequest): FhirResult<FhirInteraction> {
  if (request.method !== 'GET' && request.method !== 'POST') return fhirRefusal('method-not-allowed', 'method');
  if (request.path.length + request.query.length > MAXIMUM_URL_LENGTH) return fhirRefusal('malformed-request', 'url-too-long');
  const headerFault = refuseHeaders(request);
  if (headerFault !== undefined) return headerFault;
  const segments = decodeSegments(request.path);
  if (segments === undefined) return fhirRefusal('malformed-request', 'path-encoding');
  return request.method === 'GET' ? parseGet(segments, request) : parsePost(segments, request);
}

function parseGet(segments: readonly string[], { query, headers }: FhirRequest): FhirResult<FhirInteraction> {
  const [first, second, ...rest] = segments;
  if (first === undefined) return fhirRefusal('outside-policy', 'system-search');
  if (isBeyondPolicy(segments) || rest.length > 0) return fhirRefusal('outside-policy', 'interaction');
  if (first === 'metadata' && second === undefined) return acceptsOnlyFormat(query, { kind: 'capabilities' });
  if (!ResourceType.safeParse(first).success) return fhirRefusal('malformed-request', 'resource-type');
  return second === undefined ? matchSearch(first, query) : parseRead(first, second, { query, headers });
}

function parseRead(type: string, id: string, { query, headers }: Pick<FhirRequest, 'query' | 'headers'>): FhirResult<FhirInteraction> {
  if (!FhirId.safeParse(id).success) return fhirRefusal('malformed-request', 'resource-id');
  const allowed = allowedReads.find((read) => read.type === type);
  if (allowed === undefined) return fhirRefusal('outside-policy', 'read-type');
  if (allowed.which === 'home-access') return acceptsOnlyFormat(query, { kind: 'reveal-home-access', id, reason: homeAccessReasonIn(headers) });
  return acceptsOnlyFormat(query, { kind: 'read', type, id });
}

function parsePost(segments: readonly string[], request: FhirRequest): FhirResult<FhirInteraction> {
  const [type, ...rest] = segments;
  if (type === undefined) return fhirRefusal('outside-policy', 'batch-or-transaction');
  if (isBeyondPolicy(segments) || rest.length > 0) return fhirRefusal('outside-policy', 'interaction');
  if (!ResourceType.safeParse(type).success) return fhirRefusal('malformed-request', 'resource-type');
  if (!allowedCreates.includes(type)) return fhirRefusal('outside-policy', 'create-type');
  if (hasHeader(request, 'if-none-exist')) return fhirRefusal('outside-policy', 'conditional-create');
  if (!isFhirJson(header(request, 'content-type'))) return fhirRefusal('unsupported-media-type', 'content-type');
  return acceptsOnlyFormat(request.query, { kind: 'create', type });
}

/** Operations, history, compartments and `_search`: second ways to the same data, or to more of it. */
function isBeyondPolicy(segments: readonly string[]): boolean {
  return segments.some((segment) => segment.startsWith('$') || segment.startsWith('_'));
}

/** Headers that would change what a request means behind the policy's back. */
function refuseHeaders(request: FhirRequest): ReturnType<typeof fhirRefusal> | undefined {
  const overrides = ['x-http-method-override', 'x-http-method', 'x-method-override'];
  if (overrides.some((name) => hasHeader(request, name))) return fhirRefusal('malformed-request', 'method-override');
  if (/handling\s*=\s*"?lenient/i.test(header(request, 'prefer') ?? '')) return fhirRefusal('unsupported-parameter', 'lenient-handling');
  if (!acceptsJson(header(request, 'accept'))) return fhirRefusal('not-acceptable', 'accept');
  return undefined;
}

/** `_format=json` says what we do anyway; every other parameter is one too many here. */
function acceptsOnlyFormat(query: string, interaction: FhirInteraction): FhirResult<FhirInteraction> {
  if (query === '' || /^_format=(json|application(\/|%2F)(fhir(\+|%2B))?json)$/i.test(query)) return fhirOk(interaction);
  return fhirRefusal('unsupported-parameter', 'parameter-not-allowed-here');
}

/** "Compare after one decode": the segments between the slashes; `undefined` when the encoding is broken or empty. */
function decodeSegments(path: string): readonly string[] | undefined {
  if (path === '' || path === '/') return [];
  if (!path.startsWith('/')) return undefined;
  try {
    const segments = path.slice(1).split('/').map(decodeURIComponent);
    return segments.includes('') ? undefined : segments;
  } catch {
    return undefined;
  }
}

function acceptsJson(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === '') return true;
  return accept.split(',').some((each) => /^\s*(\*\/\*|application\/\*|application\/json|application\/fhir\+json)\s*(;|$)/i.test(each) && !/;\s*q\s*=\s*0(\.0+)?\s*$/i.test(each));
}

/** G3: `application/fhir+json` in UTF-8. */
function isFhirJson(contentType: string | undefined): boolean {
  const [type, ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  return type === 'application/fhir+json' && parameters.every((parameter) => !parameter.startsWith('charset') || /^charset="?utf-8"?$/.test(parameter));
}

function hasHeader(request: FhirRequest, name: string): boolean {
  return request.headers[name] !== undefined;
}

function header(request: FhirRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'object' ? value.join(', ') : value;
}
