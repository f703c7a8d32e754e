import type { Did, DidUrl } from '@anw/values';
import type { CheckNumber, DenialReason, Verdict } from './verdict.js';

/** Everything inside about one decision, found by the reference that the outside was told (design D16). */
export interface DecisionRecord {
  /** uuid, told to the caller. */
  readonly reference: string;
  readonly at: Date;
  readonly scope: string;
  readonly outcome: 'granted' | 'denied' | 'invalid';
  /** Of a request that failed before the checks: the failure's code. */
  readonly failure?: string;
  /** What exactly was wrong with it; never told to the caller. */
  readonly detail?: string;
  readonly actor?: Did;
  readonly regisseur?: Did;
  readonly authorization?: DidUrl;
  readonly verdicts: readonly Verdict[];
  readonly firstDenial?: { readonly check: CheckNumber; readonly reason: DenialReason };
}

export interface DecisionStore {
  saveDecision(record: DecisionRecord): Promise<void>;
  findDecision(reference: string): Promise<DecisionRecord | undefined>;
}
