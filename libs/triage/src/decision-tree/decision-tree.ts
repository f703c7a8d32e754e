import type { Urgency } from '@anw/authorization';
import type { EmployeeIdentifier } from '@anw/values';
import type { TriageOutcome } from '../care-requests/care-request.js';

/** Where a branch ends. `urgency` is proposed for out-of-hours care, and for nothing else. */
export interface TreeEnd {
  readonly outcome: TriageOutcome;
  /** What to tell the caller, in Dutch. */
  readonly advice: string;
  readonly urgency?: Urgency;
}

export interface TreeAnswer {
  readonly id: string;
  readonly text: string;
  readonly then: { readonly question: string } | { readonly end: TreeEnd };
}

export interface TreeQuestion {
  readonly id: string;
  readonly text: string;
  readonly help?: string;
  readonly answers: readonly TreeAnswer[];
}

/** The questions by which a region decides what a call needs; data, in Dutch, kept by the region itself. */
export interface DecisionTree {
  readonly title: string;
  /** Id of the question that is asked first. */
  readonly start: string;
  readonly questions: readonly TreeQuestion[];
}

export interface GivenAnswer {
  readonly question: string;
  readonly answer: string;
}

/** `draft`: can be tried; `published`: in use; `retired`: was in use, and care requests still name it. */
export type TreeState = 'draft' | 'published' | 'retired';

export interface TreeVersion {
  /** From 1, one higher each time; an old version never changes. */
  readonly version: number;
  readonly tree: DecisionTree;
  readonly state: TreeState;
  readonly createdAt: Date;
  readonly createdBy: EmployeeIdentifier | 'operator';
  readonly publishedAt?: Date;
  readonly publishedBy?: EmployeeIdentifier | 'operator';
}

/** The trees of one regisseur. */
export interface DecisionTreeStore {
  /** @returns the version it got */
  addDraft(tree: DecisionTree, by: TreeVersion['createdBy'], at: Date): Promise<number>;
  findVersion(version: number): Promise<TreeVersion | undefined>;
  findPublished(): Promise<TreeVersion | undefined>;
  /** Newest first. */
  listVersions(): Promise<readonly TreeVersion[]>;
  /** Takes a draft into use and retires the one that was. Answers false when it is no draft. */
  publish(version: number, by: TreeVersion['createdBy'], at: Date): Promise<boolean>;
}
