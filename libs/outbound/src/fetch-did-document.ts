import { type FetchDocument, MAX_DID_DOCUMENT_BYTES } from '@anw/identity';
import type { OutboundFetch } from './outbound.js';

/** A publisher of DID documents that takes longer is as good as absent (spec nuts-protocols §1.2). */
const TIMEOUT_MILLISECONDS = 5_000;

/** Fetches DID documents for the did:web resolver. */
export function createDocumentFetch(fetch: OutboundFetch): FetchDocument {
  return async (url) => {
    const response = await fetch(url, {
      headers: { accept: 'application/did+json, application/did+ld+json, application/json' },
      timeoutMilliseconds: TIMEOUT_MILLISECONDS,
      maxResponseBytes: MAX_DID_DOCUMENT_BYTES,
    });
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? undefined,
      maxAgeSeconds: maxAgeOf(response.headers.get('cache-control')),
      body: new Uint8Array(await response.arrayBuffer()),
    };
  };
}

/** RFC 9111 §5.2.2: seconds that a copy stays fresh; 0 when none may be kept, `undefined` when the header does not say. */
export function maxAgeOf(cacheControl: string | null): number | undefined {
  const directives = (cacheControl ?? '').toLowerCase().split(',').map((directive) => directive.trim());
  if (directives.includes('no-store') || directives.includes('no-cache')) return 0;
  const seconds = directives.map((directive) => /^max-age="?(\d{1,10})"?$/.exec(directive)?.[1]).find((found) => found !== undefined);
  return seconds === undefined ? undefined : Number(seconds);
}
