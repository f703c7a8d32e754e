import { JwsError } from './jws-error.js';

/** base64url without padding (RFC 7515 §2). */
export function encodeBase64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}

/**
 * Reads the one canonical spelling: padding, the standard alphabet, white space and unused bits that are not zero all
 * print back differently. `name` says what it is in the message.
 * @throws JwsError `malformed`
 */
export function decodeBase64Url(part: string, name: string): Uint8Array {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') !== part) throw new JwsError('malformed', `${name} is not canonical base64url`);
  return bytes;
}
