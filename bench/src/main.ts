import type { Benchmark } from './benchmark.js';
import { dossierBenchmark } from './dossier/dossier-benchmark.js';
import { parseOptions, UsageError } from './parse-options.js';
import { formatReport, keepsBudgets } from './print-report.js';
import { revocationBenchmark } from './revocation/revocation-benchmark.js';
import { startBenchmark } from './start/start-benchmark.js';
import { tokenBenchmark } from './token/token-benchmark.js';
import { writeBenchmark } from './write/write-benchmark.js';

const benchmarks: Readonly<Record<string, Benchmark>> = { token: tokenBenchmark, dossier: dossierBenchmark, write: writeBenchmark, revocation: revocationBenchmark, start: startBenchmark };

const usage = `Usage: npm run bench [-- names and options]

Measures against the budgets of this project, each in units of one ES256
verification on the same machine in the same run. Linux only.

Benchmarks: ${Object.keys(benchmarks).join(', ')} (default: all)

  --json        print one JSON object per benchmark instead of tables
  --rounds N    rounds of which the middle one counts (default 3)
  --seconds N   length of each measured stretch (default 5)
  --resources N,…
                how large a record the dossier is read from
                (default 10000,100000,1000000)
  --help        this text

Exit code 1 when a budget is exceeded.
`;

process.exit(await main());

/** 0 when all budgets were kept, 1 when not or when a benchmark broke, 2 when the command line was not understood. */
async function main(): Promise<number> {
  try {
    const { help, json, names, rounds, seconds, resources } = parseOptions(process.argv.slice(2), Object.keys(benchmarks));
    if (help) {
      process.stdout.write(usage);
      return 0;
    }
    let kept = true;
    for (const name of names) {
      const report = await benchmarks[name]!({ rounds, seconds, resources, tell: (sentence) => process.stderr.write(`${sentence}\n`) });
      process.stdout.write(json ? `${JSON.stringify(report)}\n` : `\n${formatReport(report)}\n`);
      kept &&= keepsBudgets(report);
    }
    return kept ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n\n${usage}`);
    return 2;
  }
}
