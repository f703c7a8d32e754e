import { isJwsAlgorithm, JwsError, jwsAlgorithms, parsePublicKey, type PublicKey } from '@anw/identity';
import { DpopProofError } from './dpop-proof-error.js';

/** "An identifier for a JWS asymmetric digital signature algorithm" (RFC 9449 §4.2): those of presentations, as the key is the same. */
export const dpopAlgorithms = jwsAlgorithms;
export const isDpopAlgorithm = isJwsAlgorithm;

/** Members of a JWK that only its owner may know (RFC 7518 §6). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const MAX_KEPT = 256;
const kept = new Map<string, PublicKey>();

/**
 * A public key that a proof brings along. "The `jwk` JOSE Header Parameter does not contain a private key" (RFC 9449 §4.3
 * point 7). Making a key object costs as much as verifying with it, and a client shows one key at every request: the
 * newest few are kept.
 * @throws DpopProofError
 */
export function parseDpopJwk(raw: unknown): PublicKey {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw new DpopProofError('malformed');
  if (privateMembers.some((member) => Object.hasOwn(raw, member))) throw new DpopProofError('private-key-shown');
  const text = JSON.stringify(raw);
  const known = kept.get(text);
  if (known !== undefined) return known;
  const made = readKey(raw);
  kept.set(text, made);
  if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value!);
  return made;
}

function readKey(jwk: object): PublicKey {
  try {
    return parsePublicKey(jwk);
  } catch (cause) {
    if (!(cause instanceof JwsError)) throw cause;
    throw new DpopProofError('unusable-key', { cause });
  }
}
