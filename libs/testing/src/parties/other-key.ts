import type { JwsAlgorithm } from '@anw/identity';
import { type Did, DidUrl } from '@anw/values';
import { CompactSign } from 'jose';
import { generateKeyPairSync, type JsonWebKey, type KeyObject, randomUUID } from 'node:crypto';

/** A key of another kind than ours, as a partner's software may have. */
export interface OtherKey {
  readonly algorithm: JwsAlgorithm;
  readonly kid: DidUrl;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly publicKeyJwk: JsonWebKey & { readonly kty: string };
  /** As compact JWT, by a library that is not ours. */
  signJwt(payload: object, header?: object): Promise<string>;
}

export function createOtherKey(did: Did, algorithm: JwsAlgorithm): OtherKey {
  const kid = DidUrl.parse(`${did}#${randomUUID()}`);
  const { publicKey, privateKey } = generate(algorithm);
  const { kty = '', ...jwk } = publicKey.export({ format: 'jwk' });
  return {
    algorithm,
    kid,
    publicKey,
    privateKey,
    publicKeyJwk: { kty, ...jwk },
    signJwt: (payload, header = {}) => new CompactSign(Buffer.from(JSON.stringify(payload))).setProtectedHeader({ typ: 'JWT', alg: algorithm, kid, ...header }).sign(privateKey),
  };
}

function generate(algorithm: JwsAlgorithm): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  switch (algorithm) {
    case 'ES256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case 'ES384':
      return generateKeyPairSync('ec', { namedCurve: 'P-384' });
    case 'ES512':
      return generateKeyPairSync('ec', { namedCurve: 'P-521' });
    case 'EdDSA':
      return generateKeyPairSync('ed25519');
    case 'PS256':
    case 'PS384':
    case 'PS512':
      return generateKeyPairSync('rsa', { modulusLength: 2048 });
  }
}
