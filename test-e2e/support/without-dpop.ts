import type { TokenFetch } from '@anw/authorization';
import type { OutboundFetch } from '@anw/outbound';

/** The way to an authorization server for a client that knows nothing of DPoP: its metadata offers none, so tokens are bound to the certificate alone. */
export function withoutDpop(fetch: OutboundFetch): TokenFetch {
  return async (url, request) => {
    const response = await fetch(url, request);
    if (!url.includes('/.well-known/')) return response;
    const { dpop_signing_alg_values_supported: _, ...metadata } = (await response.json()) as Record<string, unknown>;
    return Response.json(metadata, { status: response.status });
  };
}
