import type { Signer } from '@anw/identity';
import { type Clock, epochSeconds } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { targetOf } from './target-url.js';
import { accessTokenHash } from './verify-dpop-proof.js';

/** Partners whose clocks run behind and who allow no skew must still find `iat` in the past (spec nuts-protocols B11). */
const BACKDATED_SECONDS = 2;

/** The key that signs our presentations: "key equal to the VP signing key" (spec nuts-protocols §4.7). */
export type ProofKey = Pick<Signer, 'kid' | 'publicKeyJwk' | 'sign'>;

export interface DpopProofToCreate {
  readonly method: string;
  readonly url: string;
  /** At a resource: the token that goes with the proof. */
  readonly accessToken?: string;
  /** As the server supplied it. */
  readonly nonce?: string;
}

/** Makes a proof for one request (RFC 9449 §4.2): "public JWK only, new `jti` each time, `htu` without query" (B11). */
export async function createDpopProof({ publicKeyJwk: jwk, sign }: Omit<ProofKey, 'kid'>, { method, url, accessToken, nonce }: DpopProofToCreate, clock: Clock): Promise<string> {
  const htu = targetOf(url);
  if (htu === undefined) throw new TypeError('a proof is for an absolute http or https URL');
  const claims = {
    jti: randomUUID(),
    htm: method,
    htu,
    iat: epochSeconds(clock()) - BACKDATED_SECONDS,
    ...(accessToken !== undefined && { ath: accessTokenHash(accessToken) }),
    ...(nonce !== undefined && { nonce }),
  };
  const signingInput = `${encode({ typ: 'dpop+jwt', alg: 'ES256', jwk })}.${encode(claims)}`;
  return `${signingInput}.${Buffer.from(await sign(Buffer.from(signingInput, 'ascii'))).toString('base64url')}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
