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

/** The `assertion` of a token request: a presentation by itself, or an array of them (spec nuts-protocols §4.4). */
export interface ParsedAssertion {
  readonly form: 'single' | 'array';
  readonly presentations: readonly [ParsedPresentation, ...ParsedPresentation[]];
}

/** What an assertion establishes, of one presentation or of several of one holder. */
export interface PresentationFacts {
  readonly holder: Did;
  readonly kid: DidUrl;
  /** In the order of the presentations. */
  readonly credentials: readonly VerifiedCredential[];
  /** Of an array of presentations, how many credentials each holds: a submission points at them by presentation. */
  readonly sizes?: readonly number[];
}

declare const verified: unique symbol;

/** What `verifyAssertion` or `verifyPresentation` has found true, with every credential in it; nothing else makes one. */
export type VerifiedPresentation = PresentationFacts & { readonly [verified]: true };

/** Remembers nonces; one atomic insert decides (spec nuts-protocols S3). */
export interface NonceStore {
  /** Answers false when this holder used that nonce before and it has not yet been forgotten. */
  useNonce(holder: Did, nonce: string, forgetAfter: Date): Promise<boolean>;
}
