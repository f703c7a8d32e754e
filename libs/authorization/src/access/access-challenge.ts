import { dpopAlgorithms } from '../dpop/dpop-key.js';
import type { DpopNonces } from '../dpop/dpop-nonces.js';
import type { AccessFailure } from './access-failure.js';

/** Headers of a 401: what to come back with. */
export interface AccessChallenge {
  readonly 'www-authenticate': string;
  /** RFC 9449 §9: the nonce to put into the next proof. */
  readonly 'dpop-nonce'?: string;
}

const algorithms = `algs="${dpopAlgorithms.join(' ')}"`;

/**
 * The challenge to a request that was not let in: of the scheme it came with, or of both when it came with none
 * (RFC 6750 §3, RFC 9449 §7.1). "No error code for a request that shows no token."
 */
export function challengeFor(failure: AccessFailure, authorization: string | undefined, nonces: Pick<DpopNonces, 'current'>): AccessChallenge {
  if (failure === 'token-missing') return { 'www-authenticate': `Bearer, DPoP ${algorithms}` };
  if (failure === 'proof-nonce-needed') return { 'www-authenticate': dpop('use_dpop_nonce'), 'dpop-nonce': nonces.current() };
  if (failure === 'proof-not-accepted') return { 'www-authenticate': dpop('invalid_dpop_proof') };
  // A bearer token that is bound to a key is told how to come back.
  const isDpop = failure === 'token-without-proof' || /^dpop /i.test(authorization ?? '');
  return { 'www-authenticate': isDpop ? dpop('invalid_token') : 'Bearer error="invalid_token"' };
}

function dpop(error: 'invalid_token' | 'invalid_dpop_proof' | 'use_dpop_nonce'): string {
  return `DPoP error="${error}", ${algorithms}`;
}
