import { z } from 'zod';

/** The newest nonce that each server gave us for our DPoP proofs (RFC 9449 §8, §9). */
export interface ServerNonces {
  /** What a proof for a request to this URL holds: the nonce of that server, if it gave one. */
  forRequest(url: string): { readonly nonce?: string };
  /** "A server may supply a new nonce in any response" (§8.2). */
  keep(url: string, headers: Pick<Headers, 'get'>): void;
}

const MAX_SERVERS = 1_000;

/** RFC 9449 §8.1: `nonce = 1*NQCHAR`; what else comes in its place would end up in a header of ours. */
const Nonce = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,256}$/);

/** By origin, as scheme, host and port say which server it is. */
export function createServerNonces(): ServerNonces {
  const kept = new Map<string, string>();
  return {
    forRequest: (url) => {
      const nonce = kept.get(new URL(url).origin);
      return nonce === undefined ? {} : { nonce };
    },
    keep: (url, headers) => {
      const nonce = Nonce.safeParse(headers.get('dpop-nonce'));
      if (!nonce.success) return;
      const { origin } = new URL(url);
      kept.delete(origin);
      kept.set(origin, nonce.data);
      if (kept.size > MAX_SERVERS) kept.delete(kept.keys().next().value!);
    },
  };
}
