import { isSignedWith } from '@anw/identity';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { DpopNonces } from './dpop-nonces.js';
import { DpopProofError } from './dpop-proof-error.js';
import { type DpopClaims, parseDpopProof } from './parse-dpop-proof.js';
import { isSameTarget } from './target-url.js';

/** "`iat` within −60..+5 s" (spec nuts-protocols §4.7). */
const MAX_AGE_MILLISECONDS = 60_000;
const MAX_AHEAD_MILLISECONDS = 5_000;

/** Proofs that have been shown, for as long as they could be shown again. */
export interface DpopReplayStore {
  /** True exactly once for this key and `jti`, however many ask at the same time. May forget it after `forgetAfter`. */
  useProof(thumbprint: string, jti: string, forgetAfter: Date): Promise<boolean>;
}

/** The request that a proof was sent with. */
export interface DpopRequest {
  /** Exactly as in the request line. */
  readonly method: string;
  /** As the caller addressed it: scheme, host and port of the public door. Query and fragment do not count. */
  readonly url: string;
}

export interface DpopExpectations extends DpopRequest {
  readonly now: Date;
  /** At a resource: the token that came with the proof. */
  readonly accessToken?: string;
  /** Only when a nonce is demanded. */
  readonly nonces?: Pick<DpopNonces, 'accepts'>;
}

/** A proof that holds, and has not been spent yet. */
export interface VerifiedDpopProof {
  readonly thumbprint: string;
  readonly jti: string;
  readonly forgetAfter: Date;
}

/**
 * Checks a DPoP proof as RFC 9449 §4.3 lists it, but for its being new: `spendDpopProof` does that, last of all, so
 * that a proof is not spent on a request that fails for another reason.
 * @throws DpopProofError
 */
export function verifyDpopProof(text: string, expected: DpopExpectations): VerifiedDpopProof {
  const proof = parseDpopProof(text);
  const { claims } = proof;
  if (!isSignedWith(proof.algorithm, proof.key, proof.signingInput, proof.signature)) throw new DpopProofError('signature-invalid');
  if (claims.htm !== expected.method) throw new DpopProofError('wrong-method');
  if (!isSameTarget(claims.htu, expected.url)) throw new DpopProofError('wrong-url');
  assertFresh(claims, expected.now);
  if (expected.accessToken !== undefined && !isForToken(claims, expected.accessToken)) throw new DpopProofError('wrong-token');
  if (expected.nonces !== undefined && !(claims.nonce !== undefined && expected.nonces.accepts(claims.nonce))) throw new DpopProofError('nonce-needed');
  return { thumbprint: proof.thumbprint, jti: claims.jti, forgetAfter: lastMomentOf(claims) };
}

/** "jti unique per thumbprint" (spec nuts-protocols §4.7). @throws DpopProofError `replayed` */
export async function spendDpopProof({ thumbprint, jti, forgetAfter }: VerifiedDpopProof, replays: DpopReplayStore): Promise<void> {
  if (!(await replays.useProof(thumbprint, jti, forgetAfter))) throw new DpopProofError('replayed');
}

/** `ath`: "Hash of the access token […] the base64url encoding of the SHA-256 hash of the ASCII encoding" (RFC 9449 §4.2). */
export function accessTokenHash(accessToken: string): string {
  return createHash('sha256').update(accessToken, 'ascii').digest('base64url');
}

function assertFresh({ iat }: DpopClaims, now: Date): void {
  const age = now.getTime() - iat * 1000;
  if (age > MAX_AGE_MILLISECONDS) throw new DpopProofError('too-old');
  if (age < -MAX_AHEAD_MILLISECONDS) throw new DpopProofError('in-the-future');
}

function isForToken({ ath }: DpopClaims, accessToken: string): boolean {
  if (ath === undefined) return false;
  const [claimed, actual] = [Buffer.from(ath), Buffer.from(accessTokenHash(accessToken))];
  return claimed.length === actual.length && timingSafeEqual(claimed, actual);
}

/** After this it is refused for its age; a second more, so that rounding never opens a gap. */
function lastMomentOf({ iat }: DpopClaims): Date {
  return new Date(iat * 1000 + MAX_AGE_MILLISECONDS + 1_000);
}
