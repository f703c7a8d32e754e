import type { AuditEvent, AuditLog } from '@anw/audit';
import type { EmployeeIdentifier, ValidityPeriod } from '@anw/values';
import { EntryError } from './entry-error.js';
import type { EntryHistory, EntryStepName } from './entry-history.js';
import { describeEntry, describeProposal, type Entry, type EntryKind, type EntryKinds, type EntryToAdd, type Proposal, type ProposalStore, stateOfProposal } from './entry.js';

/** The entries of one kind of one custodian organisation, in a transaction. */
export interface EntryBook<K extends EntryKind> {
  readonly kind: K;
  /** What entries of this kind are called in the log, and under which name. */
  readonly logged: { readonly name: AuditEvent['name']; readonly noun: string };
  /** Until the transaction ends nobody else changes what this entry could clash with. */
  hold(entry: EntryToAdd<K>): Promise<void>;
  find(id: string): Promise<EntryKinds[K] | undefined>;
  list(): Promise<readonly EntryKinds[K][]>;
  /** Those of the same pair. */
  listLike(entry: EntryToAdd<K>): Promise<readonly EntryKinds[K][]>;
  /** Of the same regisseur and actor, or patient. */
  isLike(one: EntryToAdd<K>, other: EntryToAdd<K>): boolean;
  /** Makes it hold. */
  add(id: string, entry: EntryToAdd<K>): Promise<EntryKinds[K]>;
  /** Answers false when it is over already. */
  end(entry: EntryKinds[K]): Promise<boolean>;
  /** Whom and what a log row is about. */
  about(entry: EntryToAdd<K>): Pick<AuditEvent, 'regisseur' | 'actor' | 'patient'>;
}

export interface EntryStores {
  readonly proposals: ProposalStore;
  readonly history: EntryHistory;
  readonly audit: AuditLog;
}

/** Who changes what, when, and by which rule. */
export interface EntryChange {
  readonly at: Date;
  /** Absent: the operator door was not told. */
  readonly by: EmployeeIdentifier | undefined;
  /** What she is called, where that is known. */
  readonly byName?: string;
  /** Why, in her own words; kept with the entry. */
  readonly reason?: string;
  /** Whether an entry holds only after a second, different operator approved it. */
  readonly fourEyes: boolean;
  readonly randomUuid: () => string;
}

/**
 * Adds an entry, or under four eyes proposes it. A repeat answers with the entry that is there. Two entries of one pair
 * never overlap, so that ending one ends the access.
 * @throws EntryError
 */
export async function addEntry<K extends EntryKind>(toAdd: EntryToAdd<K>, book: EntryBook<K>, stores: EntryStores, change: EntryChange): Promise<Entry<K>> {
  assertUsable(toAdd.period, change.at);
  await book.hold(toAdd);
  const overlapping = (await entriesLike(toAdd, book, stores, change.at)).filter(({ period }) => overlap(period, toAdd.period));
  const same = overlapping.find(({ period }) => isSame(period, toAdd.period));
  if (same !== undefined) return same;
  if (overlapping.length > 0) throw new EntryError('overlaps-another-entry');
  return change.fourEyes ? propose(toAdd, book, stores, change) : addNow(change.randomUuid(), toAdd, book, stores, change);
}

/**
 * Makes a proposed entry hold, by another operator than who proposed it. Answers nothing when there is no such proposal
 * that is still open.
 * @throws EntryError
 */
export async function approveEntry<K extends EntryKind>(id: string, book: EntryBook<K>, stores: EntryStores, change: EntryChange): Promise<Entry<K> | undefined> {
  const proposal = await stores.proposals.holdProposal(book.kind, id);
  if (proposal === undefined || proposal.decision !== undefined) return undefined;
  const { entry, proposedBy } = proposal;
  if (change.by === undefined) throw new EntryError('operator-unnamed');
  if (isSameOperator(change.by, proposedBy)) throw new EntryError('same-operator');
  assertUsable(entry.period, change.at);
  await book.hold(entry);
  if ((await book.listLike(entry)).some(({ period }) => overlap(period, entry.period))) throw new EntryError('overlaps-another-entry');
  await stores.proposals.decideProposal(id, { outcome: 'approved', by: change.by, at: change.at });
  const added = await addNow(id, entry, book, stores, change, proposedBy);
  return { ...added, proposedBy, approvedBy: change.by };
}

/** Ends an entry now, or withdraws its proposal: that only narrows, so one operator is enough. Answers false when there is none to end. */
export async function endEntry<K extends EntryKind>(id: string, book: EntryBook<K>, stores: EntryStores, change: EntryChange): Promise<boolean> {
  const proposal = await stores.proposals.holdProposal(book.kind, id);
  if (proposal !== undefined && proposal.decision === undefined) {
    await stores.proposals.decideProposal(id, { outcome: 'withdrawn', at: change.at, ...(change.by && { by: change.by }) });
    await record({ id, name: 'withdrawn', what: 'withdrawn' }, proposal.entry, book, stores, change);
    return true;
  }
  const entry = await book.find(id);
  if (entry === undefined) return false;
  await book.hold(entry);
  if (!(await book.end(entry))) return false;
  await record({ id, name: 'ended', what: 'ended' }, entry, book, stores, change);
  return true;
}

/** Every entry there ever was, by its start. */
export async function listEntries<K extends EntryKind>(book: EntryBook<K>, { proposals }: EntryStores, at: Date): Promise<readonly Entry<K>[]> {
  return merge(await book.list(), await proposals.listProposals(book.kind), at);
}

async function entriesLike<K extends EntryKind>(toAdd: EntryToAdd<K>, book: EntryBook<K>, { proposals }: EntryStores, at: Date): Promise<readonly Entry<K>[]> {
  const open = (await proposals.listProposals(book.kind)).filter((proposal) => stateOfProposal(proposal, at) === 'pending' && book.isLike(proposal.entry, toAdd));
  return merge(await book.listLike(toAdd), open, at);
}

function merge<K extends EntryKind>(kept: readonly EntryKinds[K][], proposals: readonly Proposal<K>[], at: Date): readonly Entry<K>[] {
  const approvals = new Map(proposals.filter(({ decision }) => decision?.outcome === 'approved').map((proposal) => [proposal.id, proposal]));
  const others = proposals.filter(({ decision }) => decision?.outcome !== 'approved');
  return [...kept.map((entry) => describeEntry(entry, approvals.get(entry.id), at)), ...others.map((proposal) => describeProposal(proposal, at))].toSorted(
    (a, b) => a.period.from.getTime() - b.period.from.getTime() || a.id.localeCompare(b.id),
  );
}

async function propose<K extends EntryKind>(entry: EntryToAdd<K>, book: EntryBook<K>, stores: EntryStores, change: EntryChange): Promise<Entry<K>> {
  if (change.by === undefined) throw new EntryError('operator-unnamed');
  const proposal: Proposal<K> = { id: change.randomUuid(), kind: book.kind, entry, proposedBy: change.by, proposedAt: change.at };
  await stores.proposals.addProposal(proposal);
  await record({ id: proposal.id, name: 'proposed', what: 'proposed' }, entry, book, stores, change);
  return describeProposal(proposal, change.at);
}

async function addNow<K extends EntryKind>(id: string, toAdd: EntryToAdd<K>, book: EntryBook<K>, stores: EntryStores, change: EntryChange, proposedBy?: EmployeeIdentifier): Promise<Entry<K>> {
  const entry = await book.add(id, toAdd);
  const step: RecordedStep = proposedBy === undefined ? { id, name: 'added', what: 'added' } : { id, name: 'approved', what: `added, proposed by ${proposedBy}` };
  await record(step, toAdd, book, stores, change);
  return describeEntry(entry, undefined, change.at);
}

interface RecordedStep {
  readonly id: string;
  readonly name: EntryStepName;
  /** As the log says it. */
  readonly what: string;
}

/** In the log, and in the history of the entry itself. */
async function record<K extends EntryKind>({ id, name, what }: RecordedStep, entry: EntryToAdd<K>, { kind, logged, about }: EntryBook<K>, { audit, history }: EntryStores, { at, by, byName, reason, randomUuid }: EntryChange): Promise<void> {
  await audit.append({ id: randomUuid(), name: logged.name, outcome: 'success', at, practitioner: { identifier: by ?? 'operator', ...(byName !== undefined && { name: byName }) }, query: `${logged.noun} ${id} ${what}`, ...about(entry) });
  await history.addStep({ entry: id, kind, name, at, ...(by && { by: { identifier: by, ...(byName !== undefined && { name: byName }) } }), ...(reason !== undefined && { reason }) });
}

function assertUsable({ from, until }: ValidityPeriod, at: Date): void {
  if (until <= from) throw new EntryError('period-ends-before-it-starts');
  if (until <= at) throw new EntryError('period-is-over');
}

/** Names that differ in case alone are one person. */
function isSameOperator(one: EmployeeIdentifier, other: EmployeeIdentifier): boolean {
  return one.normalize('NFKC').toLowerCase() === other.normalize('NFKC').toLowerCase();
}

function overlap(a: ValidityPeriod, b: ValidityPeriod): boolean {
  return a.from < b.until && b.from < a.until;
}

function isSame(a: ValidityPeriod, b: ValidityPeriod): boolean {
  return a.from.getTime() === b.from.getTime() && a.until.getTime() === b.until.getTime();
}
