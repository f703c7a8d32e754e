import type { AuditEvent, AuditLog } from '@anw/audit';
import { CredentialError, isPatientScope, parseAnwScope } from '@anw/credentials';
import { ANW_PURPOSE_OF_USE, type Clock } from '@anw/values';
import type { AccessTokenStore } from '../access-token.js';
import type { DecisionRecord, DecisionStore } from '../decision-record.js';
import type { DpopNonces } from '../dpop/dpop-nonces.js';
import { DpopProofError } from '../dpop/dpop-proof-error.js';
import { type DpopReplayStore, spendDpopProof, verifyDpopProof } from '../dpop/verify-dpop-proof.js';
import type { AnonymousRefusals, KeptRefusal } from '../refusals/anonymous-refusals.js';
import { type Connection, type Grant, type Granted, type GrantOutcome, type GrantPorts, type Refused } from './grants/grant.js';
import { grantForPresentation } from './grants/vp-token-bearer.js';
import { createAccessToken } from './create-access-token.js';
import { toOAuthError } from './oauth-error.js';
import { findScope } from './offered-scope.js';
import { type GrantType, parseTokenRequest } from './parse-token-request.js';
import { TokenRequestError } from './token-failure.js';

/** One file per grant type (design D8). */
const grants = {
  'vp_token-bearer': grantForPresentation,
} as const satisfies Record<GrantType, Grant>;

export interface TokenStores {
  readonly tokens: Pick<AccessTokenStore, 'saveToken'>;
  readonly decisions: Pick<DecisionStore, 'saveDecision'>;
  readonly audit: AuditLog;
}

/** What it takes to judge DPoP proofs (RFC 9449). */
export interface DpopPorts {
  readonly replays: DpopReplayStore;
  readonly nonces: DpopNonces;
  /** Whether a proof has to hold one of those nonces. */
  readonly nonceNeeded: boolean;
}

export interface AuthorizationServer extends GrantPorts {
  readonly clock: Clock;
  readonly dpop: DpopPorts;
  readonly anonymous: AnonymousRefusals;
  readonly randomUuid: () => string;
  readonly randomBytes: (size: number) => Uint8Array;
  /** Commits everything that `work` stores, or nothing. */
  readonly transaction: <T>(work: (stores: TokenStores) => Promise<T>) => Promise<T>;
}

export interface IncomingTokenRequest {
  /** The decoded form body. */
  readonly parameters: URLSearchParams;
  readonly certificate: Connection['certificate'];
  /** The `DPoP` header. */
  readonly dpop?: string | undefined;
}

/** Success body of RFC 6749 §5.1; `patient` as SMART on FHIR names the patient in context (design D9). */
export interface TokenResponse {
  readonly access_token: string;
  /** `DPoP` when the token is bound to a DPoP key (RFC 9449 §5; spec nuts-protocols A18). */
  readonly token_type: 'Bearer' | 'DPoP';
  readonly expires_in: number;
  readonly scope: string;
  readonly patient?: string;
}

/** Ready to be sent; `no-store` as RFC 6749 §5.1 asks. */
export type TokenAnswer = { readonly headers: { readonly 'cache-control': 'no-store'; readonly 'dpop-nonce'?: string } } & (
  | { readonly status: 200; readonly body: TokenResponse }
  | ReturnType<typeof toOAuthError>
);

/**
 * Answers the token endpoint (RFC021). The decision record, the log row and the token commit together, and before the
 * answer leaves; of a refused and of an invalid request as well (design D16, D17). Rejects only when that cannot be done.
 */
export async function answerTokenRequest(incoming: IncomingTokenRequest, server: AuthorizationServer): Promise<TokenAnswer> {
  const request: Handling = { ...incoming, at: server.clock(), reference: server.randomUuid(), scope: knownScope(incoming.parameters, server) };
  const outcome = await attempt(request, server);
  return outcome.outcome === 'granted' ? grantToken(outcome, request, server) : refuse(outcome, request, server);
}

interface Handling extends IncomingTokenRequest {
  readonly at: Date;
  readonly reference: string;
  readonly scope: string;
}

/** Records hold scopes we know; what else is sent in that place could be anything. */
function knownScope(parameters: URLSearchParams, { scopes }: GrantPorts): string {
  const text = parameters.get('scope') ?? '';
  return findScope(scopes, text) === undefined ? '' : text;
}

async function attempt({ parameters, certificate, dpop, at }: Handling, server: AuthorizationServer): Promise<GrantOutcome> {
  try {
    const request = parseTokenRequest(parameters);
    const jkt = dpop === undefined ? undefined : await verifyProof(dpop, at, server);
    return await grants[request.grantType](request, { certificate, jkt, now: at }, server);
  } catch (error) {
    if (error instanceof TokenRequestError) return { outcome: 'refused', asked: {}, failure: error.code, detail: error.detail };
    if (error instanceof CredentialError) return { outcome: 'refused', asked: {}, failure: 'presentation-not-accepted', detail: error.message };
    throw error;
  }
}

/** The key of a proof made for this request to this token endpoint. @throws TokenRequestError */
async function verifyProof(proof: string, now: Date, { organisation, dpop }: AuthorizationServer): Promise<string> {
  try {
    const verified = verifyDpopProof(proof, { method: 'POST', url: `${organisation.issuer}/token`, now, ...(dpop.nonceNeeded && { nonces: dpop.nonces }) });
    await spendDpopProof(verified, dpop.replays);
    return verified.thumbprint;
  } catch (cause) {
    if (!(cause instanceof DpopProofError)) throw cause;
    throw new TokenRequestError(cause.code === 'nonce-needed' ? 'dpop-nonce-needed' : 'dpop-proof-invalid', cause.message, { cause });
  }
}

async function grantToken(granted: Granted, request: Handling, server: AuthorizationServer): Promise<TokenAnswer> {
  const { text, token, expiresIn } = createAccessToken({ ...granted, scope: request.scope, issuedAt: request.at, decision: request.reference }, server.randomBytes);
  await server.transaction(({ tokens, decisions, audit }) =>
    // Asked for together, so that they wait together.
    Promise.all([tokens.saveToken(token), decisions.saveDecision(recordOf(granted, request)), audit.append(eventOf(granted, request, server))]),
  );
  const patient = granted.facts.kind === 'patient-access' ? { patient: granted.facts.patient } : {};
  return { status: 200, headers: { 'cache-control': 'no-store' }, body: { access_token: text, token_type: token.jkt === undefined ? 'Bearer' : 'DPoP', expires_in: expiresIn, scope: request.scope, ...patient } };
}

async function refuse(refused: Refused, request: Handling, server: AuthorizationServer): Promise<TokenAnswer> {
  const kept: KeptRefusal = refused.asked.actor === undefined ? server.anonymous.keep(`token ${refused.failure}`, request.reference, request.at) : { reference: request.reference, write: true };
  if (kept.write) {
    const record = { ...recordOf(refused, request), ...(kept.collective && { collective: kept.collective }) };
    await server.transaction(({ decisions, audit }) => Promise.all([decisions.saveDecision(record), audit.append(eventOf(refused, request, server))]));
  }
  const nonce = refused.failure === 'dpop-nonce-needed' ? { 'dpop-nonce': server.dpop.nonces.current() } : {};
  return { headers: { 'cache-control': 'no-store', ...nonce }, ...toOAuthError(refused.failure, kept.reference) };
}

function recordOf(outcome: GrantOutcome, { reference, at, scope }: Handling): DecisionRecord {
  const { actor, regisseur, authorization } = outcome.asked;
  return {
    reference,
    at,
    endpoint: 'token',
    scope,
    outcome: verdictOf(outcome),
    ...(outcome.outcome === 'refused' && { failure: outcome.failure, detail: outcome.detail }),
    ...(actor && { actor }),
    ...(regisseur && { regisseur }),
    ...(authorization && { authorization }),
    verdicts: outcome.decision?.verdicts ?? [],
    ...(outcome.decision?.firstDenial && { firstDenial: outcome.decision.firstDenial }),
  };
}

function verdictOf(outcome: GrantOutcome): DecisionRecord['outcome'] {
  if (outcome.outcome === 'granted') return 'granted';
  return outcome.decision?.granted === false || outcome.failure === 'scope-not-granted' ? 'denied' : 'invalid';
}

function eventOf(outcome: GrantOutcome, { at, reference, scope, certificate }: Handling, { randomUuid }: AuthorizationServer): AuditEvent {
  return {
    id: randomUuid(),
    name: outcome.outcome === 'granted' ? 'token.granted' : 'token.refused',
    outcome: ({ granted: 'success', denied: 'serious-failure', invalid: 'minor-failure' } as const)[verdictOf(outcome)],
    at,
    ...outcome.asked,
    ...(certificate && { requestingSystem: certificate.hosts[0] ?? certificate.thumbprint }),
    ...(isAboutPatient(scope) && { purposeOfUse: ANW_PURPOSE_OF_USE }),
    ...(outcome.outcome === 'granted' ? { token: reference } : { reason: outcome.detail }),
    reference,
  };
}

function isAboutPatient(text: string): boolean {
  const scope = parseAnwScope(text);
  return scope !== undefined && isPatientScope(scope.name);
}
