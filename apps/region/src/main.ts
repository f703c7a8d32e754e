import { RegionError } from '@anw/region';
import { parseOptions, usage, UsageError } from './parse-options.js';
import { runRegion } from './run-region.js';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // Who asks twice will not wait for an orderly end; the guard ends the children.
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  });
}

process.exit(await main());

/** 0 when all held, 1 when the region or its story failed, 2 when the command line was not understood. */
async function main(): Promise<number> {
  try {
    const command = parseOptions(process.argv.slice(2));
    if (command.help) {
      process.stdout.write(usage);
      return 0;
    }
    return await runRegion(command, { environment: process.env, print: (line) => process.stdout.write(`${line}\n`), stop: stop.signal });
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${usage}`);
    return 2;
  }
  process.stderr.write(`${error instanceof RegionError ? error.message : ((error as Error).stack ?? String(error))}\n`);
  return 1;
}
