import { hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;

/** Key of the DPoP nonces, derived from the one that all replicas share: a nonce of one counts at the other. */
export function dpopNonceKey(encryptionKey: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', encryptionKey, new Uint8Array(), 'anw dpop nonces', KEY_BYTES));
}
