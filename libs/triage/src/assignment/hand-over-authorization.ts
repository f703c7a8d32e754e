import type { AuditLog } from '@anw/audit';
import { ANW_PURPOSE_OF_USE, type Clock, type Did } from '@anw/values';
import type { CareRequestKind, CareRequestStore } from '../care-requests/care-request.js';
import { type Authorization, authorizationState, type AuthorizationStore } from './authorization.js';

export interface HandOverStores {
  readonly authorizations: Pick<AuthorizationStore, 'findAuthorization'>;
  readonly careRequests: Pick<CareRequestStore, 'findCareRequest'>;
  readonly audit: AuditLog;
}

/** What the actor gets: the authorization, and how its visit came about. */
export interface HandedOver {
  readonly authorization: Authorization;
  readonly visitKind?: CareRequestKind | undefined;
}

export type HandOver = ({ readonly kind: 'handed-over' } & HandedOver) | { readonly kind: 'unknown' } | { readonly kind: 'over' };

/**
 * Hands an authorization with its context to the actor it is for, after the log row (design §2 step 4). To anyone else it
 * does not exist; revoked or ended, its context is not told any more.
 */
export async function handOverAuthorization(id: string, actor: Did, stores: HandOverStores, { clock, uuid }: { readonly clock: Clock; readonly uuid: () => string }): Promise<HandOver> {
  const authorization = await stores.authorizations.findAuthorization(id);
  const at = clock();
  const outcome = await handOverTo(actor, authorization, at, stores);
  await stores.audit.append({
    id: uuid(),
    name: 'authorization.pulled',
    outcome: outcome.kind === 'handed-over' ? 'success' : 'minor-failure',
    at,
    actor,
    purposeOfUse: ANW_PURPOSE_OF_USE,
    ...(authorization !== undefined && { authorization: authorization.credentialId }),
    ...(outcome.kind !== 'handed-over' && { reason: refusalOf(actor, authorization) }),
  });
  return outcome;
}

async function handOverTo(actor: Did, authorization: Authorization | undefined, at: Date, { careRequests }: Pick<HandOverStores, 'careRequests'>): Promise<HandOver> {
  if (authorization === undefined || authorization.actor.did !== actor) return { kind: 'unknown' };
  if (authorizationState(authorization, at) !== 'valid') return { kind: 'over' };
  return { kind: 'handed-over', authorization, visitKind: (await careRequests.findCareRequest(authorization.careRequest))?.kind };
}

function refusalOf(actor: Did, authorization: Authorization | undefined): string {
  if (authorization === undefined) return 'authorization-unknown';
  return authorization.actor.did === actor ? 'authorization-over' : 'authorization-for-another-actor';
}
