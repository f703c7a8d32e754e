import type { Enrolment } from '@anw/consent';
import type { EmployeeIdentifier, ValidityPeriod } from '@anw/values';
import type { AllowlistRow } from '../allowlist/allowlist.js';

/** What an application manager keeps for one custodian: who may authorize whom, and which patient is enrolled (checks 7 and 8). */
export interface EntryKinds {
  readonly 'allowlist-row': AllowlistRow;
  readonly enrolment: Enrolment;
}
export type EntryKind = keyof EntryKinds;

/** An entry as it is asked for; its id, and of an enrolment the handle, come with it. */
export type EntryToAdd<K extends EntryKind> = Omit<EntryKinds[K], 'id' | 'handle'>;

/** Where an entry stands. Only a `current` one opens anything; `withdrawn` was proposed and never held. */
export type EntryState = 'pending' | 'future' | 'current' | 'ended' | 'withdrawn';

/** An entry as it is listed. One that nobody has approved yet has no handle. */
export type Entry<K extends EntryKind> = EntryToAdd<K> &
  Partial<EntryKinds[K]> & {
    readonly id: string;
    readonly state: EntryState;
    /** Under four eyes: who proposed it, and who approved. */
    readonly proposedBy?: EmployeeIdentifier;
    readonly approvedBy?: EmployeeIdentifier;
  };

/** An entry that waits for a second operator. It is kept apart from the entries, so that no check can ever meet it. */
export interface Proposal<K extends EntryKind = EntryKind> {
  readonly id: string;
  readonly kind: K;
  readonly entry: EntryToAdd<K>;
  readonly proposedBy: EmployeeIdentifier;
  readonly proposedAt: Date;
  readonly decision?: ProposalDecision;
}

export interface ProposalDecision {
  readonly outcome: 'approved' | 'withdrawn';
  /** Absent when a nameless operator withdrew it. */
  readonly by?: EmployeeIdentifier;
  readonly at: Date;
}

/** Proposals of one custodian organisation; none is ever deleted. */
export interface ProposalStore {
  addProposal(proposal: Proposal): Promise<void>;
  /** Until this transaction ends nobody else decides on it. */
  holdProposal<K extends EntryKind>(kind: K, id: string): Promise<Proposal<K> | undefined>;
  /** Oldest first, decided ones included. */
  listProposals<K extends EntryKind>(kind: K): Promise<readonly Proposal<K>[]>;
  decideProposal(id: string, decision: ProposalDecision): Promise<void>;
}

export function stateOfPeriod({ from, until }: ValidityPeriod, at: Date): 'future' | 'current' | 'ended' {
  if (until <= at) return 'ended';
  return at < from ? 'future' : 'current';
}

export function stateOfProposal({ entry, decision }: Proposal, at: Date): 'pending' | 'ended' | 'withdrawn' {
  if (decision?.outcome === 'withdrawn') return 'withdrawn';
  return entry.period.until <= at ? 'ended' : 'pending';
}

/** An entry that is kept, as it is listed; `approval` is the proposal that it came from. */
export function describeEntry<K extends EntryKind>(entry: EntryKinds[K], approval: Pick<Proposal, 'proposedBy' | 'decision'> | undefined, at: Date): Entry<K> {
  return {
    ...entry,
    id: entry.id,
    state: stateOfPeriod(entry.period, at),
    ...(approval && { proposedBy: approval.proposedBy, ...(approval.decision?.by && { approvedBy: approval.decision.by }) }),
  };
}

/** A proposal that nobody approved, as it is listed. */
export function describeProposal<K extends EntryKind>(proposal: Proposal<K>, at: Date): Entry<K> {
  return { ...proposal.entry, id: proposal.id, state: stateOfProposal(proposal, at), proposedBy: proposal.proposedBy } as Entry<K>;
}
