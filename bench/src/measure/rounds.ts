import type { RequestKind } from '../load/load-messages.js';
import type { Scene } from '../scene.js';
import { cpuOf, cpuOfFamily } from './process-cpu.js';
import { median } from './statistics.js';
import type { VerificationCost } from './verification-cost.js';

/** Until it has seen so many requests the service runs code that is not compiled yet; on a busy machine that takes longer. */
const WARM_UP = { seconds: 5, requests: 2_000, atMostSeconds: 60, concurrency: 8 } as const;

/** What one measured stretch gave. */
export interface Round {
  readonly answered: number;
  readonly perSecond: number;
  /** Microseconds per request. */
  readonly custodianCpu: number;
  readonly postgresCpu: number;
  /** Milliseconds. */
  readonly latencies: readonly number[];
}

export interface Stretch {
  readonly request: RequestKind;
  readonly seconds: number;
  /** Requests under way at all times, over all load processes. */
  readonly concurrency: number;
}

export async function warmUp(scene: Scene, request: RequestKind): Promise<void> {
  const started = performance.now();
  for (let requests = 0; requests < WARM_UP.requests && performance.now() - started < WARM_UP.atMostSeconds * 1_000; ) {
    requests += (await closedLoop(scene, { request, ...WARM_UP })).answered;
  }
}

export async function closedLoop({ loads, custodian, postgresPid }: Scene, { request, seconds, concurrency }: Stretch): Promise<Round> {
  const before = { custodian: await cpuOf(custodian.pid), postgres: await cpuOfFamily(postgresPid), at: performance.now() };
  const results = await Promise.all(loads.map((load) => load.run({ request, seconds, loop: { kind: 'closed', concurrency: concurrency / loads.length } })));
  const elapsed = (performance.now() - before.at) / 1_000;
  const answered = results.reduce((sum, result) => sum + result.answered, 0);
  return {
    answered,
    perSecond: answered / elapsed,
    custodianCpu: ((await cpuOf(custodian.pid)) - before.custodian) / answered,
    postgresCpu: ((await cpuOfFamily(postgresPid)) - before.postgres) / answered,
    latencies: results.flatMap((result) => result.latencies),
  };
}

/** Latencies in milliseconds, counted from when each request was due. */
export async function openLoop({ loads }: Scene, { request, seconds, perSecond }: { readonly request: RequestKind; readonly seconds: number; readonly perSecond: number }): Promise<readonly number[]> {
  const results = await Promise.all(loads.map((load) => load.run({ request, seconds, loop: { kind: 'open', ratePerSecond: perSecond / loads.length } })));
  return results.flatMap((result) => result.latencies);
}

/** The middle of several measurements of U. */
export function middleOf(verifications: readonly VerificationCost[]): VerificationCost {
  const openssl = verifications.flatMap((cost) => (cost.openssl === undefined ? [] : [cost.openssl]));
  return { openssl: openssl.length === 0 ? undefined : median(openssl), node: median(verifications.map((cost) => cost.node)) };
}
