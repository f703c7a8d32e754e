import type { Did, DidUrl } from '@anw/values';
import type { CheckNumber, DenialReason, Verdict } from './verdict.js';

export const decisionEndpoints = ['token', 'fhir'] as const;
export type DecisionEndpoint = (typeof decisionEndpoints)[number];

/** Everything inside about one decision, found by the reference that the outside was told (design D16). */
export interface DecisionRecord {
  /** uuid, told to the caller. */
  readonly reference: string;
  readonly at: Date;
  /** Which door decided: the token endpoint, or a FHIR request made with a token. */
  readonly endpoint: DecisionEndpoint;
  /** Empty when none that we know was asked for. */
  readonly scope: string;
  readonly outcome: 'granted' | 'denied' | 'invalid';
  /** Of a request that failed before the checks: the failure's code. */
  readonly failure?: string;
  /** What exactly was wrong with it; never told to the caller. */
  readonly detail?: string;
  readonly actor?: Did;
  readonly regisseur?: Did;
  readonly authorization?: DidUrl;
  /** Of a FHIR request: reference of the decision that granted its token, where checks 1 to 4 stand. */
  readonly tokenDecision?: string;
  /** Stands for every refusal of its kind in that minute, of callers whom nobody knows. */
  readonly collective?: true;
  readonly verdicts: readonly Verdict[];
  readonly firstDenial?: { readonly check: CheckNumber; readonly reason: DenialReason };
}

export interface DecisionStore {
  saveDecision(record: DecisionRecord): Promise<void>;
  findDecision(reference: string): Promise<DecisionRecord | undefined>;
}
