import { createDpopProof, type ProofKey, requestAccessToken } from '@anw/authorization';
import type { ParsedCredential } from '@anw/credentials';
import type { OutboundFetch } from '@anw/outbound';
import type { TestPartner } from '@anw/testing';
import type { RawAnswer } from './raw-request.js';
import { withoutDpop } from './without-dpop.js';

/** An access token, and everything that it takes to show it as its own holder does. */
export interface HeldToken {
  readonly text: string;
  /** Over the connection that it was asked over. */
  readonly fetch: OutboundFetch;
  /** Absent: it is bound to the client certificate alone. */
  readonly key?: ProofKey;
}

export interface TokenToHold {
  readonly by: TestPartner;
  readonly fetch: OutboundFetch;
  /** OAuth issuer. */
  readonly at: string;
  readonly scope: string;
  readonly credentials: readonly ParsedCredential['raw'][];
  /** `both`: to the client certificate and to a DPoP key. */
  readonly boundTo?: 'both' | 'certificate';
}

export async function holdToken({ by, fetch, at, scope, credentials, boundTo = 'both' }: TokenToHold): Promise<HeldToken> {
  const way = boundTo === 'both' ? fetch : withoutDpop(fetch);
  const { accessToken, proofKey } = await requestAccessToken({ fetch: way, signer: by.signer, clientId: by.organisation.issuer, clock: () => new Date(), authorizationServer: at, scope, credentials });
  return { text: accessToken, fetch, ...(proofKey && { key: proofKey }) };
}

/** A request to a partner door that needs a token. */
export interface ProtectedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What may differ from how the holder shows it. */
export interface Showing {
  readonly fetch?: OutboundFetch;
  readonly scheme?: 'Bearer' | 'DPoP';
  /** Whose key proves; `null`: no proof. */
  readonly key?: ProofKey | null;
  /** What the proof is made for. */
  readonly proofFor?: Partial<Pick<ProtectedRequest, 'method' | 'url'>> & { readonly accessToken?: string };
  /** A proof that was shown before. */
  readonly proof?: string;
}

/** Shows a token as its holder does, but for what differs. */
export async function showToken(token: HeldToken, request: ProtectedRequest, change: Showing = {}): Promise<RawAnswer> {
  const key = change.key === undefined ? token.key : change.key;
  const proof = change.proof ?? (key ? await createDpopProof(key, { method: request.method, url: request.url, accessToken: token.text, ...change.proofFor }, () => new Date()) : undefined);
  const authorization = `${change.scheme ?? (token.key ? 'DPoP' : 'Bearer')} ${token.text}`;
  return send(change.fetch ?? token.fetch, request, { authorization, ...(proof !== undefined && { dpop: proof }) });
}

/** Asks with exactly these headers of authentication. */
export async function send(fetch: OutboundFetch, { method, url, headers, body }: ProtectedRequest, shown: Readonly<Record<string, string>> = {}): Promise<RawAnswer> {
  const response = await fetch(url, { method, headers: { ...headers, ...shown }, body: body ?? null });
  const [contentType = ''] = (response.headers.get('content-type') ?? '').split(';');
  return { status: response.status, contentType, headers: Object.fromEntries(response.headers), text: await response.text() };
}
