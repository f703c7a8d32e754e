import type { Did, DidUrl } from '@anw/values';
import type { KeyObject } from 'node:crypto';
import type { PublicKeyJwk } from './did-document.js';

/** Signs with the current assertion key of one organisation; the private key stays behind this port (design D4). */
export interface Signer {
  readonly did: Did;
  /** Full id of the verification method, listed in `assertionMethod`. */
  readonly kid: DidUrl;
  /** The public half, P-256, with its required members and no others. */
  readonly publicKeyJwk: PublicKeyJwk;
  /** ES256 (RFC 7518 §3.4): the 64 bytes r‖s over SHA-256 of `data`. */
  sign(data: Uint8Array): Promise<Uint8Array>;
}

export interface Signers {
  signerFor(did: Did): Promise<Signer>;
}

/** Public keys of anyone, by the full id that a JWS names in `kid`. */
export interface VerificationKeys {
  /**
   * The key with exactly that id, if the controller's DID document lists it in `assertionMethod`.
   * @throws DidResolutionError when the document cannot be had; @throws JwsError `unknown-key` when it does not list the key.
   */
  assertionKey(kid: DidUrl): Promise<KeyObject>;
}
