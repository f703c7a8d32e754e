import type { Clock } from '@anw/values';
import { createDpopProof } from '../dpop/create-dpop-proof.js';
import type { ObtainedToken } from './request-access-token.js';
import type { ServerNonces } from './server-nonces.js';

export interface TokenUse {
  readonly token: Pick<ObtainedToken, 'accessToken' | 'proofKey'>;
  readonly serverNonces: ServerNonces;
  readonly clock: Clock;
}

/** The slice of a request and of an answer that showing a token is about. */
export interface RequestWithHeaders {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface AnswerWithHeaders {
  readonly status: number;
  readonly headers: Pick<Headers, 'get'>;
}

/**
 * A `fetch` that shows an access token with every request, as it is bound: `Bearer` over our client certificate (RFC 6750
 * §2.1), or `DPoP` with a proof made for that one request (RFC 9449 §7.1). A server that asks for its nonce is asked once
 * more. Where requests go is the caller's concern: whoever gets one gets the token.
 */
export function fetchWithToken<Request extends RequestWithHeaders, Answer extends AnswerWithHeaders>(fetch: (url: string, request: Request) => Promise<Answer>, use: TokenUse): (url: string, request: Request) => Promise<Answer> {
  const send = async (url: string, request: Request): Promise<Answer> => {
    const shown = await showToken(url, request.method ?? 'GET', use);
    const answer = await fetch(url, { ...request, headers: { ...request.headers, ...shown } });
    use.serverNonces.keep(url, answer.headers);
    return answer;
  };
  return async (url, request) => {
    const first = await send(url, request);
    return use.token.proofKey !== undefined && asksForNonce(first) ? send(url, request) : first;
  };
}

async function showToken(url: string, method: string, { token: { accessToken, proofKey }, serverNonces, clock }: TokenUse): Promise<Readonly<Record<string, string>>> {
  if (proofKey === undefined) return { authorization: `Bearer ${accessToken}` };
  return { authorization: `DPoP ${accessToken}`, dpop: await createDpopProof(proofKey, { method, url, accessToken, ...serverNonces.forRequest(url) }, clock) };
}

/** "401 (Unauthorized) […] `WWW-Authenticate: DPoP error="use_dpop_nonce"` […] and a DPoP-Nonce" (RFC 9449 §9). */
function asksForNonce({ status, headers }: AnswerWithHeaders): boolean {
  return status === 401 && headers.get('dpop-nonce') !== null && /\bDPoP\b.*\berror="use_dpop_nonce"/i.test(headers.get('www-authenticate') ?? '');
}
