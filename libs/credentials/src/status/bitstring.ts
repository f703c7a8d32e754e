import { gunzipSync, gzipSync } from 'node:zlib';
import { CredentialError } from '../credential.js';

/** Positions in one status list; the smallest that hides one credential among many (StatusList2021 §3.2). */
export const STATUS_LIST_BITS = 131_072;

/** "Expect 16 KiB, refuse more than 1 MiB" (spec nuts-protocols S7). */
const MAX_UNPACKED_BYTES = 1024 * 1024;

export function createBitstring(setIndexes: Iterable<number> = []): Uint8Array {
  const bits = new Uint8Array(STATUS_LIST_BITS / 8);
  for (const index of setIndexes) {
    if (!Number.isInteger(index) || index < 0 || index >= STATUS_LIST_BITS) throw new RangeError('index outside the status list');
    bits[index >> 3]! |= maskOf(index);
  }
  return bits;
}

/** Bit `index` counts from the most significant bit of the first byte. @throws CredentialError when the list is shorter */
export function isBitSet(bits: Uint8Array, index: number): boolean {
  const byte = bits[index >> 3];
  if (byte === undefined) throw new CredentialError('status-malformed', 'index outside the status list');
  return (byte & maskOf(index)) !== 0;
}

function maskOf(index: number): number {
  return 0x80 >> (index & 7);
}

/** gzip, then base64url without padding (spec nuts-protocols §2.8). */
export function encodeBitstring(bits: Uint8Array): string {
  return gzipSync(bits).toString('base64url');
}

/** Reverses `encodeBitstring`; padding is tolerated, the standard alphabet is not. @throws CredentialError `status-malformed` */
export function decodeBitstring(encoded: string): Uint8Array {
  if (!/^[A-Za-z0-9_-]+={0,2}$/.test(encoded)) throw new CredentialError('status-malformed', 'list is not base64url');
  const bits = unpack(Buffer.from(encoded, 'base64url'));
  if (bits.length * 8 < STATUS_LIST_BITS) throw new CredentialError('status-malformed', 'list is shorter than 131072 bits');
  return bits;
}

function unpack(packed: Uint8Array): Uint8Array {
  try {
    return gunzipSync(packed, { maxOutputLength: MAX_UNPACKED_BYTES });
  } catch (cause) {
    throw new CredentialError('status-malformed', 'list cannot be unpacked within its limit', { cause });
  }
}
