import type { Urgency } from '@anw/authorization';
import type { Clock } from '@anw/values';
import type { AuthorizationStore } from '../assignment/authorization.js';
import type { DecisionTreeStore, GivenAnswer } from '../decision-tree/decision-tree.js';
import { walkTree } from '../decision-tree/walk-tree.js';
import { TriageError } from '../triage-error.js';
import type { Triagist } from '../triagist.js';
import type { CareRequest, CareRequestStore, Triage, TriageOutcome } from './care-request.js';

/** What a triagist decides about a care request. */
export interface TriageDecision {
  readonly outcome: TriageOutcome;
  /** The answers by which the decision tree came to it. */
  readonly tree?: { readonly version: number; readonly answers: readonly GivenAnswer[] };
  readonly deviation?: string;
  readonly note?: string;
  /** Left out: as the care request came in. */
  readonly urgency?: Urgency;
}

export interface TriageStores {
  readonly careRequests: CareRequestStore;
  readonly authorizations: Pick<AuthorizationStore, 'hasAuthorizationInForce'>;
  readonly trees: Pick<DecisionTreeStore, 'findVersion'>;
}

/**
 * Records the outcome of triage; a triagist may revise it, but not away from a visit that is on its way: that one is
 * revoked first. The same decision again changes nothing. Three of the four outcomes are recorded ends: with them the care
 * request is closed.
 * @throws TriageError `care-request-unknown`, `triage-has-authorization`, `tree-unknown`, `answers-do-not-fit`, `answers-unfinished`, `deviation-unexplained`
 */
export async function decideTriage(id: string, decision: TriageDecision, triagist: Pick<Triagist, 'identifier'>, clock: Clock, stores: TriageStores): Promise<CareRequest> {
  const request = await stores.careRequests.lockCareRequest(id);
  if (request === undefined) throw new TriageError('care-request-unknown');
  const { outcome, deviation, note } = decision;
  const urgency = decision.urgency ?? request.urgency;
  const tree = await followTree(decision, stores.trees);
  const decidedAt = clock();
  const triage: Triage = { outcome, decidedAt, decidedBy: triagist.identifier, ...(tree && { tree }), ...(deviation && { deviation }), ...(note && { note }) };
  if (request.triage !== undefined && urgency === request.urgency && tellsTheSame(request.triage, triage)) return request;
  if (request.triage?.outcome !== outcome && (await stores.authorizations.hasAuthorizationInForce(id, decidedAt))) throw new TriageError('triage-has-authorization');
  await stores.careRequests.saveTriage(id, triage, urgency);
  return { ...request, urgency, triage };
}

/** The triagist may decide otherwise than the tree, and says why. */
async function followTree({ outcome, tree: walked, deviation }: TriageDecision, trees: TriageStores['trees']): Promise<Triage['tree']> {
  if (walked === undefined) return undefined;
  const found = await trees.findVersion(walked.version);
  if (found === undefined || found.state === 'draft') throw new TriageError('tree-unknown');
  const { step, answers } = walkTree(found.tree, walked.answers);
  if (step.kind !== 'end') throw new TriageError('answers-unfinished');
  if (step.end.outcome !== outcome && deviation === undefined) throw new TriageError('deviation-unexplained');
  return { version: walked.version, outcome: step.end.outcome, answers };
}

function tellsTheSame(first: Triage, again: Triage): boolean {
  const told = ({ outcome, tree, deviation, note }: Triage) => JSON.stringify([outcome, tree?.version, tree?.answers.map(({ question, answer }) => [question, answer]), deviation, note]);
  return told(first) === told(again);
}
