import type { Clock } from '@anw/values';

interface Bucket {
  readonly left: number;
  readonly at: number;
}

/** Lets each caller ask so often in a minute, evenly: who has asked more waits. In memory: every replica counts by itself. */
export class RequestRate {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly options: { readonly perMinute: number; readonly clock: Clock }) {}

  /** Zero when it may ask now, which then counts. */
  secondsToWait(caller: string): number {
    const { perMinute, clock } = this.options;
    const now = clock().getTime();
    const known = this.buckets.get(caller) ?? { left: perMinute, at: now };
    const left = Math.min(perMinute, known.left + (Math.max(0, now - known.at) * perMinute) / 60_000);
    this.buckets.set(caller, { left: left >= 1 ? left - 1 : left, at: now });
    return left >= 1 ? 0 : Math.ceil(((1 - left) * 60) / perMinute);
  }
}
