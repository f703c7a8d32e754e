import type { DidUrl } from '@anw/values';
import type { StatusPosition } from './status-entry.js';

/** Which position of its status lists each credential of one issuer has, and which of them are revoked. */
export interface StatusRegister {
  /** Gives the credential a random position that no other has, so that indexes tell nothing of volume. `until`: end of the credential. */
  allocate(credential: DidUrl, until: Date): Promise<StatusPosition>;
  /** Answers false when this issuer gave no position to that credential. A repeat keeps the first time. */
  revoke(credential: DidUrl, at: Date): Promise<boolean>;
  /** The list of that page, from 1; undefined when the page is not in use. */
  bitsOf(page: number): Promise<Uint8Array | undefined>;
}
