import type { Clock } from '@anw/values';
import { TriageError } from '../triage-error.js';
import type { CareRequest, CareRequestStore } from './care-request.js';

export type NewCareRequest = Omit<CareRequest, 'receivedAt' | 'triage'>;

/**
 * Records a care request once: a repeat with the same id and content answers with what was recorded first.
 * @throws TriageError `care-request-id-reused` when the content differs
 */
export async function receiveCareRequest(input: NewCareRequest, clock: Clock, store: CareRequestStore): Promise<CareRequest> {
  const request: CareRequest = { ...input, receivedAt: clock() };
  if (await store.addCareRequest(request)) return request;
  const first = await store.findCareRequest(input.id);
  if (first === undefined || !tellsTheSame(first, input)) throw new TriageError('care-request-id-reused');
  return first;
}

function tellsTheSame(first: CareRequest, repeat: NewCareRequest): boolean {
  return (['kind', 'reportedBy', 'description', 'urgency'] as const).every((member) => first[member] === repeat[member]);
}
