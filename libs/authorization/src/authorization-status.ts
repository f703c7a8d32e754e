import type { CredentialStatuses } from '@anw/credentials';
import type { RevocationStore } from './access-token.js';
import type { AuthorizationFacts } from './authorization-facts.js';

export type AuthorizationStatus =
  | { readonly status: 'valid'; readonly checkedAt: Date }
  | { readonly status: 'revoked'; readonly source: 'status-list' | 'revocations' }
  | { readonly status: 'unknown'; readonly detail: string };

/** Port of check 6: whether an authorization has been taken back. */
export interface AuthorizationStatuses {
  statusOf(authorization: Pick<AuthorizationFacts, 'id' | 'issuer' | 'status'>): Promise<AuthorizationStatus>;
}

/**
 * A pushed revocation counts at once; a status list may have been cached for minutes (design D10). Without any status
 * entry there is nothing to establish the status by.
 */
export function createAuthorizationStatuses(lists: CredentialStatuses, revocations: Pick<RevocationStore, 'isRevoked'>): AuthorizationStatuses {
  return {
    statusOf: async (authorization) => {
      if (await revocations.isRevoked(authorization.id, authorization.issuer)) return { status: 'revoked', source: 'revocations' };
      if (authorization.status.length === 0) return { status: 'unknown', detail: 'no status entry' };
      const verdict = await lists.statusOf(authorization);
      return verdict.status === 'revoked' ? { status: 'revoked', source: 'status-list' } : verdict;
    },
  };
}
