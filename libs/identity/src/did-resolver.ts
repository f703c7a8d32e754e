import type { Did } from '@anw/values';
import type { DidDocument } from './did-document.js';

/** Finds the DID document that a DID stands for, checked to be about that very DID. */
export interface DidResolver {
  /** @throws DidResolutionError when there is no trustworthy document to be had now. */
  resolve(did: Did, options?: ResolveOptions): Promise<DidDocument>;
}

export interface ResolveOptions {
  /** Ask the publisher even when a copy is at hand, for one that lacks a key; a resolver may limit how often it obliges. */
  readonly fresh?: boolean;
}

export type DidResolutionFailure = 'unsupported-method' | 'unreachable' | 'not-found' | 'too-large' | 'malformed' | 'other-did';

/** A DID that could not be resolved: `code` for machines, `message` for the log; neither holds the remote body. */
export class DidResolutionError extends Error {
  override readonly name = 'DidResolutionError';
  constructor(
    readonly code: DidResolutionFailure,
    readonly did: Did,
    options?: ErrorOptions,
  ) {
    super(`DID could not be resolved: ${code}`, options);
  }
}
