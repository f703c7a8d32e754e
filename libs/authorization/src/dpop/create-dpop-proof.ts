import { type Clock, epochSeconds } from '@anw/values';
import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { thumbprintOf } from './dpop-key.js';
import { targetOf } from './target-url.js';
import { accessTokenHash } from './verify-dpop-proof.js';

/** Partners whose clocks run behind and who allow no skew must still find `iat` in the past (spec nuts-protocols B11). */
const BACKDATED_SECONDS = 2;

/** A key for nothing but DPoP; it lives and dies with the process. */
export interface DpopKey {
  readonly privateKey: KeyObject;
  readonly jwk: { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };
  readonly thumbprint: string;
}

export interface DpopProofToCreate {
  readonly method: string;
  readonly url: string;
  /** At a resource: the token that goes with the proof. */
  readonly accessToken?: string;
  /** As the server supplied it. */
  readonly nonce?: string;
}

export function generateDpopKey(): DpopKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const jwk = { kty: 'EC', crv: 'P-256', x, y } as const;
  return { privateKey, jwk, thumbprint: thumbprintOf(jwk) };
}

/** Makes a proof for one request (RFC 9449 §4.2): "public JWK only, new `jti` each time, `htu` without query" (B11). */
export function createDpopProof({ privateKey, jwk }: DpopKey, { method, url, accessToken, nonce }: DpopProofToCreate, clock: Clock): string {
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
  const signature = sign('sha256', Buffer.from(signingInput, 'ascii'), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${signingInput}.${signature.toString('base64url')}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
