import type { Benchmark, BenchmarkOptions, Figure } from '../benchmark.js';
import type { RequestKind } from '../load/load-messages.js';
import { cpuOf, cpuOfFamily } from '../measure/process-cpu.js';
import { profileWhile } from '../measure/cpu-profile.js';
import { median, percentile } from '../measure/statistics.js';
import { measureVerification, unitOf, type VerificationCost } from '../measure/verification-cost.js';
import { whereTimeGoes } from '../measure/where-time-goes.js';
import { openScene, type Scene } from '../scene.js';

const LOAD_PROCESSES = 1;
const CONCURRENCY = 8;
/** Until it has seen so many requests the service runs code that is not compiled yet; on a busy machine that takes longer. */
const WARM_UP = { seconds: 5, requests: 2_000, atMostSeconds: 60 } as const;

/**
 * The custodian's token endpoint: three credentials, four signatures, eight checks, a durable decision, over a kept mTLS
 * connection. Measured in turns with raw verifications and with a control that is refused before any signature, so that
 * whatever else the machine does, it does to all three.
 */
export const tokenBenchmark: Benchmark = async (options) => {
  const scene = await openScene({ loads: LOAD_PROCESSES, tell: options.tell });
  try {
    return await measure(scene, options);
  } finally {
    await scene.stop();
  }
};

interface Round {
  readonly answered: number;
  readonly perSecond: number;
  /** Microseconds per request. */
  readonly custodianCpu: number;
  readonly postgresCpu: number;
}

async function measure(scene: Scene, { rounds, seconds, tell }: BenchmarkOptions): ReturnType<Benchmark> {
  tell('Warming up');
  await warmUp(scene);
  const verifications: VerificationCost[] = [await measureVerification()];
  const tokens: Round[] = [];
  const controls: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    tell(`Round ${round} of ${rounds}: tokens, control, raw verification`);
    tokens.push(await closedLoop(scene, 'granted', seconds));
    controls.push(await closedLoop(scene, 'refused', seconds / 2));
    verifications.push(await measureVerification());
  }
  const perSecond = median(tokens.map((round) => round.perSecond));
  tell(`Latency at half of ${Math.round(perSecond)} tokens per second`);
  const latencies: (readonly number[])[] = [];
  for (let round = 1; round <= rounds; round += 1) latencies.push(await openLoop(scene, perSecond / 2, seconds));
  tell('Profile of the custodian');
  const profile = await profileWhile(scene.custodian, () => closedLoop(scene, 'granted', seconds));
  const verification = middleOf(verifications);
  return { benchmark: 'token', title: 'Token request: 3 credentials, 4 signatures, eight checks, durable decision', verification, figures: figuresOf({ tokens, controls, latencies, unit: unitOf(verification) }), shares: whereTimeGoes(profile) };
}

async function warmUp(scene: Scene): Promise<void> {
  const started = performance.now();
  for (let requests = 0; requests < WARM_UP.requests && performance.now() - started < WARM_UP.atMostSeconds * 1_000; ) {
    requests += (await closedLoop(scene, 'granted', WARM_UP.seconds)).answered;
  }
}

async function closedLoop({ loads, custodian, postgresPid }: Scene, request: RequestKind, seconds: number): Promise<Round> {
  const before = { custodian: await cpuOf(custodian.pid), postgres: await cpuOfFamily(postgresPid), at: performance.now() };
  const results = await Promise.all(loads.map((load) => load.run({ request, seconds, loop: { kind: 'closed', concurrency: CONCURRENCY / loads.length } })));
  const elapsed = (performance.now() - before.at) / 1_000;
  const answered = results.reduce((sum, result) => sum + result.answered, 0);
  return {
    answered,
    perSecond: answered / elapsed,
    custodianCpu: ((await cpuOf(custodian.pid)) - before.custodian) / answered,
    postgresCpu: ((await cpuOfFamily(postgresPid)) - before.postgres) / answered,
  };
}

async function openLoop({ loads }: Scene, perSecond: number, seconds: number): Promise<readonly number[]> {
  const results = await Promise.all(loads.map((load) => load.run({ request: 'granted', seconds, loop: { kind: 'open', ratePerSecond: perSecond / loads.length } })));
  return results.flatMap((result) => result.latencies);
}

function middleOf(verifications: readonly VerificationCost[]): VerificationCost {
  const openssl = verifications.flatMap((cost) => (cost.openssl === undefined ? [] : [cost.openssl]));
  return { openssl: openssl.length === 0 ? undefined : median(openssl), node: median(verifications.map((cost) => cost.node)) };
}

interface Measured {
  readonly tokens: readonly Round[];
  readonly controls: readonly Round[];
  readonly latencies: readonly (readonly number[])[];
  /** Microseconds. */
  readonly unit: number;
}

function figuresOf({ tokens, controls, latencies, unit }: Measured): readonly Figure[] {
  const custodianCpu = median(tokens.map((round) => round.custodianCpu));
  const controlCpu = median(controls.map((round) => round.custodianCpu));
  return [
    { name: 'tokens per second, closed loop', value: median(tokens.map((round) => round.perSecond)), unit: '/s' },
    { name: 'custodian CPU per token', value: custodianCpu / unit, unit: 'U', budget: 10 },
    { name: 'custodian CPU per token', value: custodianCpu, unit: 'µs' },
    { name: 'PostgreSQL CPU per token', value: median(tokens.map((round) => round.postgresCpu)) / unit, unit: 'U' },
    { name: 'control (refused before any signature): custodian CPU', value: controlCpu / unit, unit: 'U' },
    { name: 'control: PostgreSQL CPU', value: median(controls.map((round) => round.postgresCpu)) / unit, unit: 'U' },
    { name: 'what a token costs above the control', value: (custodianCpu - controlCpu) / unit, unit: 'U' },
    { name: 'latency p50 at half capacity', value: median(latencies.map((round) => percentile(round, 0.5))), unit: 'ms' },
    { name: 'latency p99 at half capacity', value: median(latencies.map((round) => percentile(round, 0.99))), unit: 'ms' },
  ];
}
