import { type AnwScope, parseAnwScope } from '@anw/credentials';
import type { ClientCertificate } from '@anw/identity';
import type { Clock } from '@anw/values';
import { timingSafeEqual } from 'node:crypto';
import type { AccessToken } from '../access-token.js';
import type { DpopNonces } from '../dpop/dpop-nonces.js';
import { DpopProofError } from '../dpop/dpop-proof-error.js';
import { type DpopReplayStore, type DpopRequest, spendDpopProof, type VerifiedDpopProof, verifyDpopProof } from '../dpop/verify-dpop-proof.js';
import { hashToken } from '../token-request/create-access-token.js';
import { type AccessChallenge, challengeFor } from './access-challenge.js';
import type { AccessFailure } from './access-failure.js';

export interface PresentedAccess {
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
  /** The `DPoP` header. */
  readonly proof: string | undefined;
  /** What a proof has to be made for. */
  readonly request: DpopRequest;
  readonly certificate: ClientCertificate | undefined;
  /** What the route is for. */
  readonly scope: AnwScope['name'];
}

export interface AuthenticateAccessPorts<Token extends AccessToken> {
  /** Of the organisation that is asked: a token of another is unknown to it. */
  readonly findToken: (hash: string) => Promise<Token | undefined>;
  /** Of that organisation as well. */
  readonly replays: DpopReplayStore;
  readonly nonces: DpopNonces;
  /** Whether a proof has to hold one of those nonces. */
  readonly nonceNeeded: boolean;
  readonly clock: Clock;
  /** Given where a token serves once: takes it out of use, and answers false when somebody did before. */
  readonly spendToken?: ((hash: string) => Promise<boolean>) | undefined;
}

export type AuthenticatedAccess<Token extends AccessToken = AccessToken> =
  | { readonly authenticated: true; readonly token: Token }
  | {
      readonly authenticated: false;
      readonly failure: AccessFailure;
      /** Known as soon as the token is: for the log. */
      readonly token?: Token;
      /** What a 401 tells the caller to come back with. */
      readonly challenge: AccessChallenge;
    };

/** RFC 6750 §2.1 and RFC 9449 §7.1 with tokens of 256 bit; a body or query parameter is no place for a token. */
const credentialsForm = /^(Bearer|DPoP) ([A-Za-z0-9_-]{43})$/i;

/**
 * Finds what the access token of a request stands for. The token is looked up by its hash, so that no comparison of the
 * secret itself takes place. Everything that it is bound to has to be shown again: a stolen token alone opens nothing.
 */
export async function authenticateAccess<Token extends AccessToken>(presented: PresentedAccess, ports: AuthenticateAccessPorts<Token>): Promise<AuthenticatedAccess<Token>> {
  const refuse = (failure: AccessFailure, token?: Token): AuthenticatedAccess<Token> => ({ authenticated: false, failure, ...(token && { token }), challenge: challengeFor(failure, presented.authorization, ports.nonces) });
  if (presented.authorization === undefined) return refuse('token-missing');
  const [, scheme, text] = credentialsForm.exec(presented.authorization) ?? [];
  if (scheme === undefined || text === undefined) return refuse('token-malformed');
  const token = await ports.findToken(hashToken(text));
  if (token === undefined) return refuse('token-unknown');
  if (ports.clock() >= token.expiresAt) return refuse('token-expired', token);
  if (!isBound(token) || !isOverItsCertificate(token, presented.certificate)) return refuse('token-of-another-certificate', token);
  const shown = showKey(token, { ...presented, scheme, text }, ports);
  if ('failure' in shown) return refuse(shown.failure, token);
  if (parseAnwScope(token.scope)?.name !== presented.scope) return refuse('token-of-another-scope', token);
  if (shown.proof !== undefined && !(await isNew(shown.proof, ports.replays))) return refuse('proof-not-accepted', token);
  if (ports.spendToken !== undefined && !(await ports.spendToken(token.hash))) return refuse('token-unknown', token);
  return { authenticated: true, token };
}

/** A token that is bound to nothing was never issued; whatever says otherwise opens nothing. */
function isBound({ certificateThumbprint, jkt }: AccessToken): boolean {
  return certificateThumbprint !== undefined || jkt !== undefined;
}

/** "The protected resource MUST obtain the client certificate and verify that it matches" (RFC 8705 §3). */
function isOverItsCertificate({ certificateThumbprint: bound }: AccessToken, certificate: ClientCertificate | undefined): boolean {
  if (bound === undefined) return true;
  return certificate?.trusted === true && isSame(bound, certificate.thumbprint);
}

interface PresentedToken extends PresentedAccess {
  readonly scheme: string;
  readonly text: string;
}

/** What the proof of this request shows: nothing is asked for a token without a key, and the right key for one with. */
function showKey({ jkt }: AccessToken, { scheme, text, proof, request }: PresentedToken, ports: Pick<AuthenticateAccessPorts<AccessToken>, 'nonces' | 'nonceNeeded' | 'clock'>): { readonly proof?: VerifiedDpopProof } | { readonly failure: AccessFailure } {
  const isDpop = scheme.toLowerCase() === 'dpop';
  // A proof of some key, for a token that is bound to none: whoever came with it takes the token for more than it is.
  if (jkt === undefined) return isDpop ? { failure: 'token-of-another-key' } : {};
  // "MUST reject a DPoP-bound access token received as a bearer token" (RFC 9449 §7.2).
  if (!isDpop || proof === undefined) return { failure: 'token-without-proof' };
  try {
    const verified = verifyDpopProof(proof, { ...request, accessToken: text, now: ports.clock(), ...(ports.nonceNeeded && { nonces: ports.nonces }) });
    return isSame(jkt, verified.thumbprint) ? { proof: verified } : { failure: 'token-of-another-key' };
  } catch (error) {
    if (!(error instanceof DpopProofError)) throw error;
    return { failure: error.code === 'nonce-needed' ? 'proof-nonce-needed' : 'proof-not-accepted' };
  }
}

async function isNew(proof: VerifiedDpopProof, replays: DpopReplayStore): Promise<boolean> {
  try {
    await spendDpopProof(proof, replays);
    return true;
  } catch (error) {
    if (error instanceof DpopProofError) return false;
    throw error;
  }
}

function isSame(bound: string, shown: string): boolean {
  const [a, b] = [Buffer.from(bound), Buffer.from(shown)];
  return a.length === b.length && timingSafeEqual(a, b);
}
