import { throttling } from 'lighthouse/core/config/constants.js';

/** What Chrome's own calibration gives the phone that Lighthouse imitates, as a Lighthouse benchmark index. */
const SLOW_PHONE_INDEX = 264;

/** This machine: the strongest that Lighthouse has found it to be so far. */
export class Machine {
  private strongest = Number.POSITIVE_INFINITY;

  /** As Lighthouse slows a strong desktop, and less where the machine is nearer to the phone. */
  get slowdown(): number {
    return Math.round(Math.min(throttling.mobileSlow4G.cpuSlowdownMultiplier, this.strongest / SLOW_PHONE_INDEX) * 100) / 100;
  }

  found(benchmarkIndex: number): void {
    this.strongest = Number.isFinite(this.strongest) ? Math.max(this.strongest, benchmarkIndex) : benchmarkIndex;
  }
}
