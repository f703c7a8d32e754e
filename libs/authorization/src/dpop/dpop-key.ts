import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { DpopProofError } from './dpop-proof-error.js';

/** "An identifier for a JWS asymmetric digital signature algorithm" (RFC 9449 §4.2): those we take, never taken from the proof. */
export const dpopAlgorithms = ['ES256'] as const;

/** Members of a JWK that only its owner may know (RFC 7518 §6). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** 32 bytes in base64url; what else a public JWK says (`alg`, `use`, `kid`) changes nothing of the key. */
const Coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/).refine((text) => Buffer.from(text, 'base64url').toString('base64url') === text);
const P256Jwk = z.looseObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: Coordinate, y: Coordinate });

/** A public key that a proof brings along. */
export interface DpopPublicKey {
  readonly key: KeyObject;
  /** RFC 7638, SHA-256, base64url: the `jkt` of RFC 9449 §6.1. */
  readonly thumbprint: string;
}

/** "The `jwk` JOSE Header Parameter does not contain a private key" (RFC 9449 §4.3 point 7). @throws DpopProofError */
export function parseDpopJwk(raw: unknown): DpopPublicKey {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw new DpopProofError('malformed');
  if (privateMembers.some((member) => Object.hasOwn(raw, member))) throw new DpopProofError('private-key-shown');
  const read = P256Jwk.safeParse(raw);
  if (!read.success) throw new DpopProofError('unusable-key');
  const { kty, crv, x, y } = read.data;
  return { key: importKey({ kty, crv, x, y }), thumbprint: thumbprintOf({ crv, x, y }) };
}

/** RFC 7638 §3: the required members in lexicographic order, without white space. */
export function thumbprintOf({ crv, x, y }: { readonly crv: string; readonly x: string; readonly y: string }): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty: 'EC', x, y })).digest('base64url');
}

function importKey(jwk: { readonly kty: string; readonly crv: string; readonly x: string; readonly y: string }): KeyObject {
  try {
    return createPublicKey({ key: { ...jwk }, format: 'jwk' });
  } catch (cause) {
    throw new DpopProofError('unusable-key', { cause });
  }
}
