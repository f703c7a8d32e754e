import { z } from 'zod';

/** A decentralised identifier (W3C DID Core §3.1), compared byte for byte: no case folding, no decoding of `%3A`. */
export const Did = z
  .string()
  .max(512)
  .regex(/^did:[a-z0-9]+:[A-Za-z0-9._%:-]+$/)
  .brand<'Did'>();
export type Did = z.infer<typeof Did>;

/** A DID with a fragment: the id of a key in a DID document, or of a credential (`<issuer DID>#<uuid>`). */
export const DidUrl = z
  .string()
  .max(640)
  .regex(/^did:[a-z0-9]+:[A-Za-z0-9._%:-]+#[A-Za-z0-9._~-]+$/)
  .brand<'DidUrl'>();
export type DidUrl = z.infer<typeof DidUrl>;

/** The DID in front of the fragment. */
export function didOf(url: DidUrl): Did {
  return Did.parse(url.slice(0, url.indexOf('#')));
}

/** The part behind the `#`. */
export function fragmentOf(url: DidUrl): string {
  return url.slice(url.indexOf('#') + 1);
}
