import type { CareRequestView } from '@anw/api-contracts';
import { type CallFlow, startCall } from './call-flow.js';

/** Goes on with a care request that is at the desk already: one of another triagist, of a system, or of a page that closed. */
export function resumeCall({ id, kind, reportedBy, description, urgency, triage }: CareRequestView, uuid: () => string): CallFlow {
  const isForVisit = triage?.outcome === 'out-of-hours-care';
  return {
    ...startCall(uuid),
    careRequest: id,
    request: { kind, reportedBy, description, urgency },
    recorded: true,
    step: isForVisit ? 'patient' : 'triage',
    answers: triage?.tree?.answers.map(({ question, answer }) => ({ question, answer })) ?? [],
    ...(triage && { conclusion: { outcome: triage.outcome, urgency } }),
  };
}
