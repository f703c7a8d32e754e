import type { Benchmark, BenchmarkOptions, Figure } from '../benchmark.js';
import type { Round } from '../measure/rounds.js';
import { measureSideBySide, type SideBySide } from '../measure/side-by-side.js';
import { median, percentile } from '../measure/statistics.js';
import { openScene, type Scene } from '../scene.js';

/**
 * Writing a measurement back: token, checks 5 to 8, the rules of its kind, stored once together with its log row. A
 * search of the same kind of resource in the same run stands beside it.
 */
export const writeBenchmark: Benchmark = async (options) => {
  const scene = await openScene({ loads: 1, tell: options.tell });
  try {
    return await measure(scene, options);
  } finally {
    await scene.stop();
  }
};

async function measure(scene: Scene, options: BenchmarkOptions): ReturnType<Benchmark> {
  const measured = await measureSideBySide(scene, { measured: 'write', beside: 'search' }, options);
  const { verification, shares } = measured;
  return { benchmark: 'write', title: 'Writing a measurement back: rules, exactly once, log row', verification, figures: figuresOf(measured), shares };
}

function figuresOf({ measured: writes, beside: searches, latencies, unit }: SideBySide): readonly Figure[] {
  const cpu = (rounds: readonly Round[]) => median(rounds.map(({ custodianCpu }) => custodianCpu)) / unit;
  const postgres = (rounds: readonly Round[]) => median(rounds.map(({ postgresCpu }) => postgresCpu)) / unit;
  return [
    { name: 'writes per second, closed loop', value: median(writes.map(({ perSecond }) => perSecond)), unit: '/s' },
    { name: 'custodian CPU per write', value: cpu(writes), unit: 'U' },
    { name: 'PostgreSQL CPU per write', value: postgres(writes), unit: 'U' },
    { name: 'custodian CPU per search', value: cpu(searches), unit: 'U' },
    { name: 'PostgreSQL CPU per search', value: postgres(searches), unit: 'U' },
    { name: 'latency p50 at half capacity', value: median(latencies.map((round) => percentile(round, 0.5))), unit: 'ms' },
    { name: 'latency p99 at half capacity', value: median(latencies.map((round) => percentile(round, 0.99))), unit: 'ms' },
  ];
}
