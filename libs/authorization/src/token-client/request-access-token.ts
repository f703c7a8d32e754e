import { createPresentation, createSubmission, parseCredential, type ParsedCredential, type SubmissionPlan } from '@anw/credentials';
import type { Signer } from '@anw/identity';
import type { Clock } from '@anw/values';
import { z } from 'zod';
import { type DiscoveredServer, discoverAuthorizationServer } from './discover-authorization-server.js';
import type { DiscoveryCache } from './discovery-cache.js';
import { TokenClientError } from './token-client-error.js';
import { askJson, type JsonAnswer, type TokenFetch } from './token-fetch.js';

export interface AccessTokenToRequest {
  readonly fetch: TokenFetch;
  /** Of the organisation that asks: holder of the presentation. */
  readonly signer: Signer;
  readonly clock: Clock;
  /** Issuer URL of the authorization server. */
  readonly authorizationServer: string;
  readonly scope: string;
  /** Our wallet for this request, in order of preference: compact JWTs, or self-attested objects. */
  readonly credentials: readonly ParsedCredential['raw'][];
  readonly discovery?: DiscoveryCache;
}

export interface ObtainedToken {
  readonly accessToken: string;
  readonly tokenType: 'Bearer';
  readonly scope: string;
  readonly expiresAt: Date;
  /** The custodian's id of the patient in context. */
  readonly patient?: string;
}

/** RFC 6749 §5.1; a token type that we cannot use is no token. */
const Success = z.looseObject({
  access_token: z.string().min(1).max(4096),
  token_type: z.string().regex(/^bearer$/i),
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
 * presentation definition, a presentation of exactly what that asks for, token.
 * @throws TokenClientError
 */
export async function requestAccessToken(request: AccessTokenToRequest): Promise<ObtainedToken> {
  const server = await discover(request);
  const plan = planFor(server, request);
  const now = request.clock();
  const assertion = await createPresentation(request.signer, { audience: server.issuer, credentials: plan.credentials.map(({ raw }) => raw), now });
  const answer = await askJson(request.fetch, server.tokenEndpoint, formOf(assertion, plan, request));
  if (answer.status !== 200) {
    // What we know of the server may be the cause; the next request looks again.
    request.discovery?.forget(request.authorizationServer, request.scope);
    throw refusalOf(answer);
  }
  return readToken(answer, now, request.scope);
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

/** `client_id` means nothing to us; a node refuses a request without it (spec nuts-protocols B9). */
function formOf(assertion: string, { submission }: SubmissionPlan<ParsedCredential>, { signer, scope }: AccessTokenToRequest): URLSearchParams {
  return new URLSearchParams({ grant_type: 'vp_token-bearer', client_id: signer.did, scope, presentation_submission: JSON.stringify(submission), assertion });
}

function readToken({ body }: JsonAnswer, askedAt: Date, askedScope: string): ObtainedToken {
  const read = Success.safeParse(body);
  if (!read.success) throw new TokenClientError('unusable-answer', 'token response is not as RFC 6749 has it');
  const { access_token: accessToken, expires_in, scope = askedScope, patient } = read.data;
  return { accessToken, tokenType: 'Bearer', scope, expiresAt: new Date(askedAt.getTime() + expires_in * 1000), ...(patient !== undefined && { patient }) };
}

function refusalOf({ status, body }: JsonAnswer): TokenClientError {
  const read = Refusal.safeParse(body);
  if (!read.success) return new TokenClientError('unusable-answer', `status ${status} without an OAuth error`);
  const { error, error_description: description, reference } = read.data;
  return new TokenClientError('refused', error, undefined, { error, ...(description && { description }), ...(reference && { reference }) });
}
