import type { ParsedCredential } from '../credential.js';

/** What the status lists say. `unknown` is treated as revoked wherever access hangs on it (design D10: fail closed). */
export type StatusVerdict =
  | { readonly status: 'valid'; readonly checkedAt: Date }
  | { readonly status: 'revoked' }
  | { readonly status: 'unknown'; readonly detail: string };

/** Evaluates every status entry of a credential whose signature has been verified. */
export interface CredentialStatuses {
  statusOf(credential: Pick<ParsedCredential, 'id' | 'issuer' | 'status'>): Promise<StatusVerdict>;
}
