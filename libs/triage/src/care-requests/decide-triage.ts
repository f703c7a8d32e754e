import type { Clock } from '@anw/values';
import type { AuthorizationStore } from '../assignment/authorization.js';
import { TriageError } from '../triage-error.js';
import type { Triagist } from '../triagist.js';
import type { CareRequest, CareRequestStore, TriageOutcome } from './care-request.js';

export interface TriageStores {
  readonly careRequests: CareRequestStore;
  readonly authorizations: Pick<AuthorizationStore, 'hasAuthorizationInForce'>;
}

/**
 * Records the outcome of triage; a triagist may revise it, but not away from a visit that is on its way: that one is
 * revoked first. The same outcome again changes nothing.
 * @throws TriageError `care-request-unknown`, `triage-has-authorization`
 */
export async function decideTriage(id: string, outcome: TriageOutcome, triagist: Pick<Triagist, 'identifier'>, clock: Clock, stores: TriageStores): Promise<CareRequest> {
  const request = await stores.careRequests.lockCareRequest(id);
  if (request === undefined) throw new TriageError('care-request-unknown');
  if (request.triage?.outcome === outcome) return request;
  const decidedAt = clock();
  if (await stores.authorizations.hasAuthorizationInForce(id, decidedAt)) throw new TriageError('triage-has-authorization');
  const triage = { outcome, decidedAt, decidedBy: triagist.identifier };
  await stores.careRequests.saveTriage(id, triage);
  return { ...request, triage };
}
