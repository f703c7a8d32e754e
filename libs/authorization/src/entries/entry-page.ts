import type { PatientId } from '@anw/values';
import type { Entry, EntryKind } from './entry.js';

/** Which entries somebody wants to see: those that hold or will hold, those that wait for a second person, or every one there ever was. */
export const entryChoices = ['open', 'waiting', 'all'] as const;
export type EntryChoice = (typeof entryChoices)[number];

export interface EntryPageQuery {
  readonly show: EntryChoice;
  /** Of enrolments: those of this patient alone. */
  readonly patient?: PatientId;
  /** Id of the entry after which the page goes on; an unknown one has nothing after it. */
  readonly after?: string;
  readonly limit: number;
  readonly at: Date;
}

/** The entries of one custodian organisation, page by page. */
export interface EntryPages {
  /** Those that begin last first. */
  listPage<K extends EntryKind>(kind: K, query: EntryPageQuery): Promise<readonly Entry<K>[]>;
  /** Proposals that somebody may still approve. */
  countWaiting(kind: EntryKind, at: Date): Promise<number>;
}
