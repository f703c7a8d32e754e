import type { Benchmark, BenchmarkOptions, Figure } from '../benchmark.js';
import { measureSideBySide, type SideBySide } from '../measure/side-by-side.js';
import { median, percentile } from '../measure/statistics.js';
import { openScene, type Scene } from '../scene.js';

const LOAD_PROCESSES = 1;

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

async function measure(scene: Scene, options: BenchmarkOptions): ReturnType<Benchmark> {
  const measured = await measureSideBySide(scene, { measured: 'granted', beside: 'refused' }, options);
  const { verification, shares } = measured;
  return { benchmark: 'token', title: 'Token request: 3 credentials, 4 signatures, eight checks, durable decision', verification, figures: figuresOf(measured), shares };
}

function figuresOf({ measured: tokens, beside: controls, latencies, unit }: SideBySide): readonly Figure[] {
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
