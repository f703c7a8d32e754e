import { createPresentation, createSubmission, parseCredential, type ParsedCredential, type SubmissionPlan } from '@anw/credentials';
import type { Signer } from '@anw/identity';
import type { Clock } from '@anw/values';
import { z } from 'zod';
import { createDpopProof, type ProofKey } from '../dpop/create-dpop-proof.js';
import { type DiscoveredServer, discoverAuthorizationServer } from './discover-authorization-server.js';
import type { DiscoveryCache } from './discovery-cache.js';
import { createServerNonces, type ServerNonces } from './server-nonces.js';
import { TokenClientError } from './token-client-error.js';
import { askJson, type JsonAnswer, type TokenFetch } from './token-fetch.js';

export interface AccessTokenToRequest {
  readonly fetch: TokenFetch;
  /** Of the organisation that asks: holder of the presentation, and of the key that the token is bound to. */
  readonly signer: Signer;
  /** OAuth issuer of the organisation that asks. It means nothing to us; a node refuses a request without it (spec nuts-protocols B9). */
  readonly clientId: string;
  readonly clock: Clock;
  /** Issuer URL of the authorization server. */
  readonly authorizationServer: string;
  readonly scope: string;
  /** Our wallet for this request, in order of preference: compact JWTs, or self-attested objects. */
  readonly credentials: readonly ParsedCredential['raw'][];
  readonly discovery?: DiscoveryCache;
  /** Shared with what the token is used for. */
  readonly serverNonces?: ServerNonces;
}

export interface ObtainedToken {
  readonly accessToken: string;
  /** The key whose proof goes with every use; absent when it is bound to our client certificate alone. */
  readonly proofKey?: ProofKey;
  readonly scope: string;
  readonly expiresAt: Date;
  /** The custodian's id of the patient in context. */
  readonly patient?: string;
}

/** RFC 6749 §5.1; a token type that we cannot use is no token. */
const Success = z.looseObject({
  access_token: z.string().min(1).max(4096),
  token_type: z.string().regex(/^(bearer|dpop)$/i).transform((type) => type.toLowerCase() as 'bearer' | 'dpop'),
  expires_in: z.number().min(0).max(86_400).default(0),
  scope: z.string().optional(),
  patient: z.string().max(64).optional(),
});

/** RFC 6749 §5.2; text of the other side is capped and never shown as markup. */
const Refusal = z.looseObject({
  error: z.string().max(100),
  error_description: z.string().max(500).optional().catch(undefined),
  reference: z.string().max(100).optional().catch(undefined),
});

/**
 * Gets an access token by RFC021, from any authorization server that speaks it (spec nuts-protocols §4.10): metadata,
 * presentation definition, a presentation of exactly what that asks for, token. Where the server offers it the token is
 * bound to the key that signs the presentation.
 * @throws TokenClientError
 */
export async function requestAccessToken(request: AccessTokenToRequest): Promise<ObtainedToken> {
  const server = await discover(request);
  const plan = planFor(server, request);
  const nonces = request.serverNonces ?? createServerNonces();
  const first = await ask(server, plan, request, nonces);
  // "The client […] uses the nonce value in the next DPoP proof" (RFC 9449 §8): once, with a presentation of its own.
  const answer = asksForNonce(first, server) ? await ask(server, plan, request, nonces) : first;
  if (answer.status !== 200) {
    // What we know of the server may be the cause; the next request looks again.
    request.discovery?.forget(request.authorizationServer, request.scope);
    throw refusalOf(answer);
  }
  return readToken(answer, server, request);
}

interface AskedAnswer extends JsonAnswer {
  readonly askedAt: Date;
}

async function ask(server: DiscoveredServer, plan: SubmissionPlan<ParsedCredential>, request: AccessTokenToRequest, nonces: ServerNonces): Promise<AskedAnswer> {
  const { fetch, signer, clock } = request;
  const { issuer, tokenEndpoint: url } = server;
  const askedAt = clock();
  const assertion = await createPresentation(signer, { audience: issuer, credentials: plan.credentials.map(({ raw }) => raw), now: askedAt });
  const proof = server.takesProofs ? await createDpopProof(signer, { method: 'POST', url, ...nonces.forRequest(url) }, clock) : undefined;
  const answer = await askJson(fetch, url, { form: formOf(assertion, plan, request), proof });
  nonces.keep(url, answer.headers);
  return { ...answer, askedAt };
}

function asksForNonce({ status, headers, body }: JsonAnswer, { takesProofs }: DiscoveredServer): boolean {
  return takesProofs && status === 400 && headers.get('dpop-nonce') !== null && Refusal.safeParse(body).data?.error === 'use_dpop_nonce';
}

function discover({ fetch, authorizationServer, scope, discovery }: AccessTokenToRequest): Promise<DiscoveredServer> {
  const ask = () => discoverAuthorizationServer(fetch, authorizationServer, scope);
  return discovery === undefined ? ask() : discovery.discovered(authorizationServer, scope, ask);
}

function planFor({ definition }: DiscoveredServer, { credentials }: AccessTokenToRequest): SubmissionPlan<ParsedCredential> {
  const plan = createSubmission(definition, credentials.map(parseCredential));
  if ('missing' in plan) throw new TokenClientError('nothing-to-present', `no credential for ${plan.missing.join(', ')}`);
  return plan;
}

function formOf(assertion: string, { submission }: SubmissionPlan<ParsedCredential>, { clientId, scope }: AccessTokenToRequest): URLSearchParams {
  return new URLSearchParams({ grant_type: 'vp_token-bearer', client_id: clientId, scope, presentation_submission: JSON.stringify(submission), assertion });
}

function readToken({ body, askedAt }: AskedAnswer, { takesProofs }: DiscoveredServer, { signer, scope: askedScope }: AccessTokenToRequest): ObtainedToken {
  const read = Success.safeParse(body);
  if (!read.success) throw new TokenClientError('unusable-answer', 'token response is not as RFC 6749 has it');
  const { access_token: accessToken, token_type: type, expires_in, scope = askedScope, patient } = read.data;
  if (type === 'dpop' && !takesProofs) throw new TokenClientError('unusable-answer', 'token is bound to a key that we did not show');
  return { accessToken, ...(type === 'dpop' && { proofKey: signer }), scope, expiresAt: new Date(askedAt.getTime() + expires_in * 1000), ...(patient !== undefined && { patient }) };
}

function refusalOf({ status, body }: JsonAnswer): TokenClientError {
  const read = Refusal.safeParse(body);
  if (!read.success) return new TokenClientError('unusable-answer', `status ${status} without an OAuth error`);
  const { error, error_description: description, reference } = read.data;
  return new TokenClientError('refused', error, undefined, { error, ...(description && { description }), ...(reference && { reference }) });
}
