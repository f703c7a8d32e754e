import type { EmployeeIdentifier } from '@anw/values';
import type { EntryKind } from './entry.js';

export const entryStepNames = ['proposed', 'added', 'approved', 'withdrawn', 'ended'] as const;
export type EntryStepName = (typeof entryStepNames)[number];

/** Who changes an entry, as a person who asks later wants to know it. */
export interface EntryChanger {
  readonly identifier: EmployeeIdentifier;
  /** Known of who did it at a page. */
  readonly name?: string;
}

/** One thing that happened to an entry: what, when, by whom and why. */
export interface EntryStep {
  readonly entry: string;
  readonly kind: EntryKind;
  readonly name: EntryStepName;
  readonly at: Date;
  /** Absent: the operator door was not told. */
  readonly by?: EntryChanger;
  /** In the words of who did it. Stays with the entry and goes into no log. */
  readonly reason?: string;
}

/** What happened to the entries of one custodian organisation; none is ever changed or deleted. */
export interface EntryHistory {
  addStep(step: EntryStep): Promise<void>;
  /** Of these entries, oldest first. */
  listSteps(entries: readonly string[]): Promise<readonly EntryStep[]>;
}
