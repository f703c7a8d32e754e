import type { Did, DidUrl } from '@anw/values';
import type { ParsedCredential } from './credential.js';

/** A presentation whose form has been read (spec nuts-protocols §2.9, both shapes of the node). */
export interface ParsedPresentation {
  readonly holder: Did;
  readonly kid: DidUrl;
  readonly id?: string;
  readonly audience: readonly string[];
  readonly notBefore: Date;
  readonly expiresAt: Date;
  readonly nonce: string;
  readonly credentials: readonly ParsedCredential[];
  /** The decoded `vp` member, for JSON paths of a presentation submission. */
  readonly vp: Readonly<Record<string, unknown>>;
  readonly jwt: string;
}

/** Remembers nonces; one atomic insert decides (spec nuts-protocols S3). */
export interface NonceStore {
  /** Answers false when this holder used that nonce before and it has not yet been forgotten. */
  useNonce(holder: Did, nonce: string, forgetAfter: Date): Promise<boolean>;
}
