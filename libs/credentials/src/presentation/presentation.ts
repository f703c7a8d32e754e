import type { Did, DidUrl } from '@anw/values';
import type { ParsedCredential, VerifiedCredential } from '../credential.js';

/** A presentation whose form has been read (spec nuts-protocols §2.9, both shapes of the node). */
export interface ParsedPresentation {
  /** The DID of the key that it says it is signed with. */
  readonly holder: Did;
  readonly kid: DidUrl;
  readonly id?: string;
  /** Everyone it names as its holder: `iss`, `sub`, `vp.holder`, as far as present. */
  readonly namedHolders: readonly string[];
  readonly audience: readonly string[];
  readonly notBefore: Date;
  readonly expiresAt: Date;
  readonly nonce: string;
  readonly credentials: readonly ParsedCredential[];
  /** The decoded `vp` member, for JSON paths of a presentation submission. */
  readonly vp: Readonly<Record<string, unknown>>;
  readonly jwt: string;
}

/** What a presentation establishes. */
export interface PresentationFacts {
  readonly holder: Did;
  readonly kid: DidUrl;
  readonly id?: string;
  readonly expiresAt: Date;
  /** In the order of the presentation. */
  readonly credentials: readonly VerifiedCredential[];
}

declare const verified: unique symbol;

/** A presentation that `verifyPresentation` has found true, with every credential in it; nothing else makes one. */
export type VerifiedPresentation = PresentationFacts & { readonly [verified]: true };

/** Remembers nonces; one atomic insert decides (spec nuts-protocols S3). */
export interface NonceStore {
  /** Answers false when this holder used that nonce before and it has not yet been forgotten. */
  useNonce(holder: Did, nonce: string, forgetAfter: Date): Promise<boolean>;
}
