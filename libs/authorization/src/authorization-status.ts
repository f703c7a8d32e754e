import type { AuthorizationCredential, CredentialStatuses } from '@anw/credentials';
import type { RevocationStore } from './access-token.js';

export type AuthorizationStatus =
  | { readonly status: 'valid'; readonly checkedAt: Date }
  | { readonly status: 'revoked'; readonly source: 'status-list' | 'revocations' }
  | { readonly status: 'unknown'; readonly detail: string };

/** Port of check 6: whether an authorization has been taken back. */
export interface AuthorizationStatuses {
  statusOf(authorization: Pick<AuthorizationCredential, 'id' | 'regisseur' | 'status'>): Promise<AuthorizationStatus>;
}

/**
 * A pushed revocation counts at once; a status list may have been cached for minutes (design D10). Without any status
 * entry there is nothing to establish the status by.
 */
export function createAuthorizationStatuses(lists: CredentialStatuses, revocations: Pick<RevocationStore, 'isRevoked'>): AuthorizationStatuses {
  return {
    statusOf: async ({ id, regisseur, status }) => {
      if (await revocations.isRevoked(id, regisseur)) return { status: 'revoked', source: 'revocations' };
      if (status.length === 0) return { status: 'unknown', detail: 'no status entry' };
      const verdict = await lists.statusOf({ id, issuer: regisseur, status });
      return verdict.status === 'revoked' ? { status: 'revoked', source: 'status-list' } : verdict;
    },
  };
}
