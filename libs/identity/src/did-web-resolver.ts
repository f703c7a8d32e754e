import { type Clock, Did } from '@anw/values';
import { DidDocument } from './did-document.js';
import { DidResolutionError, type DidResolver, type ResolveOptions } from './did-resolver.js';
import { didWebUrl } from './did-web.js';
import { parseStrictJson } from './strict-json.js';

/** What came back for the URL of a DID document. A rejection means that nothing came back. */
export interface FetchedDocument {
  readonly status: number;
  /** As the header says it; absent without one. */
  readonly contentType?: string;
  /** From `Cache-Control`; 0 for `no-store` and `no-cache`, absent when it says nothing. */
  readonly maxAgeSeconds?: number;
  readonly body: Uint8Array;
}

export type FetchDocument = (url: URL) => Promise<FetchedDocument>;

export interface DidWebResolverConfig {
  readonly fetchDocument: FetchDocument;
  readonly clock: Clock;
  /** DIDs remembered; the one that was used longest ago goes first. */
  readonly maxEntries?: number;
  /** Upper limit to what a publisher may ask, and the default when it asks nothing. */
  readonly maxAgeSeconds?: number;
}

/** Largest document we read (spec nuts-protocols §1.2). */
export const MAX_DID_DOCUMENT_BYTES = 1024 * 1024;

/**
 * Nothing is asked for more often than this: not a document that may not be cached, not one that failed. One that lacks a
 * key somebody names is asked for at once, and then no more often either: a partner that has just rotated is understood,
 * and a stranger cannot make us send a request for each of his.
 */
const MIN_INTERVAL_SECONDS = 5;

const contentTypes: readonly unknown[] = ['application/did+ld+json', 'application/did+json', 'application/json'];

interface Entry {
  readonly document?: DidDocument;
  readonly failure?: DidResolutionError;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly mayRefreshAt: number;
}

/** Resolves did:web with a bounded cache; DIDs asked for at the same time share one request. */
export function createDidWebResolver({ fetchDocument, clock, maxEntries = 1_000, maxAgeSeconds = 300 }: DidWebResolverConfig): DidResolver {
  const entries = new Map<Did, Entry>();
  const inFlight = new Map<Did, Promise<DidDocument>>();

  function resolve(did: Did, options: ResolveOptions = {}): Promise<DidDocument> {
    const entry = entries.get(did);
    if (entry !== undefined && isUsable(entry, options)) {
      remember(did, entry);
      return entry.document === undefined ? Promise.reject(entry.failure!) : Promise.resolve(entry.document);
    }
    return inFlight.get(did) ?? startFetch(did, options);
  }

  function isUsable(entry: Entry, { fresh = false }: ResolveOptions): boolean {
    const now = clock().getTime();
    return now < entry.expiresAt && (!fresh || now < entry.mayRefreshAt);
  }

  function startFetch(did: Did, options: ResolveOptions): Promise<DidDocument> {
    const fetching = fetchAndRemember(did, options).finally(() => inFlight.delete(did));
    inFlight.set(did, fetching);
    return fetching;
  }

  async function fetchAndRemember(did: Did, { fresh = false }: ResolveOptions): Promise<DidDocument> {
    // What no publisher can have is refused without taking a place in the cache.
    const url = didWebUrl(did);
    try {
      const { document, maxAge } = await fetchDidDocument(did, url, fetchDocument);
      const seconds = Math.max(MIN_INTERVAL_SECONDS, Math.min(maxAge ?? maxAgeSeconds, maxAgeSeconds));
      remember(did, { document, expiresAt: inSeconds(seconds), mayRefreshAt: inSeconds(fresh ? MIN_INTERVAL_SECONDS : 0) });
      return document;
    } catch (error) {
      if (error instanceof DidResolutionError) rememberFailure(did, error);
      throw error;
    }
  }

  /** A document that is still good outlives a refresh that failed: a partner's short outage does not stop care. */
  function rememberFailure(did: Did, failure: DidResolutionError): void {
    const known = entries.get(did);
    const isGood = known?.document !== undefined && clock().getTime() < known.expiresAt;
    remember(did, isGood ? { ...known, mayRefreshAt: inSeconds(MIN_INTERVAL_SECONDS) } : { failure, expiresAt: inSeconds(MIN_INTERVAL_SECONDS), mayRefreshAt: inSeconds(MIN_INTERVAL_SECONDS) });
  }

  /** A `Map` keeps order of insertion: put back last, the first is the one used longest ago. */
  function remember(did: Did, entry: Entry): void {
    entries.delete(did);
    entries.set(did, entry);
    if (entries.size > maxEntries) entries.delete(entries.keys().next().value!);
  }

  function inSeconds(seconds: number): number {
    return clock().getTime() + seconds * 1000;
  }

  return { resolve };
}

async function fetchDidDocument(did: Did, url: URL, fetchDocument: FetchDocument): Promise<{ document: DidDocument; maxAge?: number }> {
  const response = await fetchDocument(url).catch((cause: unknown) => {
    throw new DidResolutionError(isTooLarge(cause) ? 'too-large' : 'unreachable', did, { cause });
  });
  if (response.status === 404 || response.status === 410) throw new DidResolutionError('not-found', did);
  // Redirects count here too: where a DID document lives follows from the DID alone.
  if (response.status !== 200) throw new DidResolutionError('unreachable', did);
  if (response.body.length > MAX_DID_DOCUMENT_BYTES) throw new DidResolutionError('too-large', did);
  if (!contentTypes.includes(mediaType(response.contentType))) throw new DidResolutionError('malformed', did);
  return { document: parseDidDocument(did, response.body), maxAge: response.maxAgeSeconds };
}

function parseDidDocument(did: Did, body: Uint8Array): DidDocument {
  const document = DidDocument.safeParse(parseJson(did, body));
  if (!document.success) throw new DidResolutionError('malformed', did);
  // "must equal the requested DID string exactly (no case folding of host, no decoding of `%3A`)"
  if (document.data.id !== did) throw new DidResolutionError('other-did', did);
  return document.data;
}

function parseJson(did: Did, body: Uint8Array): unknown {
  try {
    return parseStrictJson(body);
  } catch (cause) {
    throw new DidResolutionError('malformed', did, { cause });
  }
}

function mediaType(contentType: string | undefined): string | undefined {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase();
}

/** The one failure of a fetch that tells something about the document. */
function isTooLarge(cause: unknown): boolean {
  return (cause as { code?: unknown } | null)?.code === 'response-too-large';
}
