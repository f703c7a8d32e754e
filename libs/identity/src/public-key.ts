import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { JwsError } from './jws-error.js';

/** Bytes in the one canonical spelling, so that a key has one thumbprint. */
function bytes(fits: (length: number) => boolean) {
  return z.string().max(1_024).refine((text) => {
    const decoded = Buffer.from(text, 'base64url');
    return decoded.toString('base64url') === text && fits(decoded.length);
  });
}

const exactly = (count: number) => bytes((length) => length === count);

function ellipticCurve<Curve extends string>(crv: Curve, coordinateBytes: number) {
  return z.object({ kty: z.literal('EC'), crv: z.literal(crv), x: exactly(coordinateBytes), y: exactly(coordinateBytes) });
}

/** The keys that our algorithms are for: of RSA from 2048 to 4096 bits with the exponent that everyone has, since another could be made to cost us time. */
const UsableKey = z.union([
  ellipticCurve('P-256', 32),
  ellipticCurve('P-384', 48),
  ellipticCurve('P-521', 66),
  z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: exactly(32) }),
  z.object({ kty: z.literal('RSA'), n: bytes((length) => length >= 256 && length <= 512), e: z.literal('AQAB') }),
]);
type UsableKey = z.infer<typeof UsableKey>;

export interface PublicKey {
  readonly key: KeyObject;
  /** RFC 7638, SHA-256, base64url. */
  readonly thumbprint: string;
}

/** Reads a public JWK; what else it says (`alg`, `use`, `kid`) changes nothing of the key. @throws JwsError `unknown-key` */
export function parsePublicKey(jwk: unknown): PublicKey {
  const members = readMembers(jwk);
  return { key: importKey(members), thumbprint: thumbprintOf(members) };
}

/** RFC 7638 thumbprint of a JWK. @throws JwsError `unknown-key` */
export function jwkThumbprint(jwk: unknown): string {
  return thumbprintOf(readMembers(jwk));
}

const thumbprints = new WeakMap<KeyObject, string>();

/** The same of a key object, worked out once for each. @throws JwsError `unknown-key` */
export function keyThumbprint(key: KeyObject): string {
  const known = thumbprints.get(key);
  if (known !== undefined) return known;
  const made = jwkThumbprint(key.export({ format: 'jwk' }));
  thumbprints.set(key, made);
  return made;
}

function readMembers(jwk: unknown): UsableKey {
  const read = UsableKey.safeParse(jwk);
  if (!read.success) throw new JwsError('unknown-key', 'key is of no kind that we take');
  return read.data;
}

function importKey(jwk: UsableKey): KeyObject {
  try {
    return createPublicKey({ key: { ...jwk }, format: 'jwk' });
  } catch (cause) {
    throw new JwsError('unknown-key', 'key is not on its curve', { cause });
  }
}

/** "The required members, in lexicographic order, without white space" (RFC 7638 §3). */
function thumbprintOf(jwk: UsableKey): string {
  const sorted = Object.fromEntries(Object.entries(jwk).sort(([one], [other]) => (one < other ? -1 : 1)));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url');
}
