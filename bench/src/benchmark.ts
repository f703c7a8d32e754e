import type { VerificationCost } from './measure/verification-cost.js';
import type { Share } from './measure/where-time-goes.js';

export interface BenchmarkOptions {
  /** Rounds of which the middle one counts; at least 3. */
  readonly rounds: number;
  /** Of each measured stretch. */
  readonly seconds: number;
  /** How large a record is read from, in resources, growing. */
  readonly resources: readonly number[];
  readonly tell: (sentence: string) => void;
}

/** One figure of a report, with its budget where design §10 has one. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** `U` counts ES256 verifications of the same run. */
  readonly unit: 'U' | 'µs' | 'ms' | '/s' | 's' | 'MiB' | '×';
  /** The most that it may be. */
  readonly budget?: number;
}

export interface Report {
  readonly benchmark: string;
  readonly title: string;
  /** What one U was in this run, in microseconds. */
  readonly verification: VerificationCost;
  readonly figures: readonly Figure[];
  /** Where the time of the measured process went. */
  readonly shares?: readonly Share[];
}

export type Benchmark = (options: BenchmarkOptions) => Promise<Report>;
