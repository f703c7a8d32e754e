import { type RegionService, serviceNames, startRegion } from '@anw/region';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark, BenchmarkOptions, Figure } from '../benchmark.js';
import { cpuOf, residentMebibytes } from '../measure/process-cpu.js';
import { median } from '../measure/statistics.js';
import { measureVerification } from '../measure/verification-cost.js';

/** Until the first rubbish has been collected, memory says more of the start than of the service. */
const IDLE_MILLISECONDS = 3_000;

/** How long each service takes from its start until it calls itself ready, over a database that is there; and what it holds when nobody asks. */
export const startBenchmark: Benchmark = async (options) => {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'anw-bench-'));
  try {
    const region = await startRegion({ stateDirectory, ports: 'ephemeral', onProgress: options.tell });
    try {
      const figures: Figure[] = [];
      for (const name of serviceNames) figures.push(...(await measure(name, region.service(name), options)));
      return { benchmark: 'start', title: 'Start to ready, and memory when idle', verification: await measureVerification(), figures };
    } finally {
      await region.stop();
    }
  } finally {
    await rm(stateDirectory, { recursive: true, force: true });
  }
};

async function measure(name: string, service: RegionService, { rounds, tell }: BenchmarkOptions): Promise<readonly Figure[]> {
  const taken: { readonly stop: number; readonly start: number; readonly cpu: number; readonly memory: number }[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    tell(`${name}: restart ${round} of ${rounds}`);
    const asked = performance.now();
    await service.stop();
    const stopped = performance.now();
    await service.start();
    const ready = performance.now();
    const cpu = await cpuOf(pidOf(name, service));
    await sleep(IDLE_MILLISECONDS);
    taken.push({ stop: stopped - asked, start: ready - stopped, cpu, memory: await residentMebibytes(pidOf(name, service)) });
  }
  return [
    { name: `${name}: start to ready`, value: median(taken.map(({ start }) => start)) / 1_000, unit: 's', budget: 2 },
    { name: `${name}: CPU until ready`, value: median(taken.map(({ cpu }) => cpu)) / 1_000_000, unit: 's' },
    { name: `${name}: stop`, value: median(taken.map(({ stop }) => stop)) / 1_000, unit: 's' },
    { name: `${name}: memory, idle`, value: median(taken.map(({ memory }) => memory)), unit: 'MiB', budget: 160 },
  ];
}

function pidOf(name: string, { pid }: RegionService): number {
  if (pid === undefined) throw new Error(`the ${name} does not run`);
  return pid;
}
