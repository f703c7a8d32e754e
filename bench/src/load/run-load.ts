import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadResult, LoadRun } from './load-messages.js';

/** One request; resolves when it was answered as expected. */
export type SendOne = () => Promise<void>;

/** Keeps the load up for the time that was asked, then waits for the last answers. */
export async function runLoad({ loop, seconds }: LoadRun, send: SendOne): Promise<LoadResult> {
  const record = new Recorder();
  const until = performance.now() + seconds * 1_000;
  if (loop.kind === 'closed') await Promise.all(Array.from({ length: loop.concurrency }, () => keepAsking(until, send, record)));
  else await askOnSchedule(loop.ratePerSecond, until, send, record);
  return record.result();
}

async function keepAsking(until: number, send: SendOne, record: Recorder): Promise<void> {
  while (performance.now() < until) await record.time(performance.now(), send);
}

/** A request that is late because the ones before it were slow counts its wait: no coordinated omission. */
async function askOnSchedule(ratePerSecond: number, until: number, send: SendOne, record: Recorder): Promise<void> {
  const underWay: Promise<void>[] = [];
  for (let due = performance.now(); due < until; due += 1_000 / ratePerSecond) {
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    underWay.push(record.time(due, send));
  }
  await Promise.all(underWay);
}

class Recorder {
  private readonly latencies: number[] = [];
  private failed = 0;
  private firstFailure: string | undefined;

  async time(due: number, send: SendOne): Promise<void> {
    try {
      await send();
      this.latencies.push(performance.now() - due);
    } catch (error) {
      this.failed += 1;
      this.firstFailure ??= (error as Error).message;
    }
  }

  result(): LoadResult {
    const { latencies, failed, firstFailure } = this;
    return { kind: 'result', answered: latencies.length, failed, latencies, ...(firstFailure !== undefined && { firstFailure }) };
  }
}
