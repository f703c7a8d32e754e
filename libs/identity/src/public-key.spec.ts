import { calculateJwkThumbprint, type JWK } from 'jose';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { jwkThumbprint, keyThumbprint, parsePublicKey } from './public-key.js';

const generated = {
  'P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'P-384': generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  'P-521': generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  Ed25519: generateKeyPairSync('ed25519'),
  RSA: generateKeyPairSync('rsa', { modulusLength: 2048 }),
} as const;

const jwkOf = (key: KeyObject) => key.export({ format: 'jwk' }) as JWK;
const p256 = jwkOf(generated['P-256'].publicKey);
const rsa = jwkOf(generated.RSA.publicKey);

describe('public key as JWK', () => {
  it.each(Object.entries(generated))('of kind %s is the key that was written down', (_kind, { publicKey }) => {
    expect(parsePublicKey(jwkOf(publicKey)).key.equals(publicKey)).toBe(true);
  });

  it.each(Object.entries(generated))('of kind %s has the thumbprint of RFC 7638, as an independent implementation has it', async (_kind, { publicKey }) => {
    const thumbprint = await calculateJwkThumbprint(jwkOf(publicKey));
    expect([parsePublicKey(jwkOf(publicKey)).thumbprint, jwkThumbprint(jwkOf(publicKey)), keyThumbprint(publicKey)]).toEqual([thumbprint, thumbprint, thumbprint]);
  });

  it('has the same thumbprint whatever else the JWK says', () => {
    expect(jwkThumbprint({ ...p256, use: 'sig', alg: 'ES256', kid: 'x' })).toBe(jwkThumbprint(p256));
  });

  it.each([
    ['nothing', undefined],
    ['a symmetric key', { kty: 'oct', k: 'AAAA' }],
    ['a key of another curve', jwkOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey)],
    ['a key for agreement', jwkOf(generateKeyPairSync('x25519').publicKey)],
    ['an RSA key that is too short', jwkOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey)],
    ['an RSA key with an exponent that costs time', { ...rsa, e: rsa.n }],
    ['an RSA key beyond 4096 bits', { ...rsa, n: Buffer.alloc(513, 0xff).toString('base64url') }],
    ['a point that is not on its curve', { ...p256, y: Buffer.alloc(32, 1).toString('base64url') }],
    ['a coordinate with padding', { ...p256, x: `${p256.x}=` }],
    ['a coordinate that is too short', { ...p256, x: Buffer.alloc(31, 1).toString('base64url') }],
    ['a coordinate spelt with unused bits', { ...p256, x: respelt(p256.x!) }],
  ])('is refused when it is %s', (_what, jwk) => {
    expect(() => parsePublicKey(jwk)).toThrow(expect.objectContaining({ name: 'JwsError', code: 'unknown-key' }));
  });
});

/** 32 bytes leave two bits of the last character unused: four spellings of one number. */
function respelt(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1)!) + 1];
}
