import { createStoryContext, jsonPrinter, plainPrinter, playStory, type Region, RegionError, startRegion, storySteps } from '@anw/region';
import type { CommandLine } from './parse-options.js';
import { describeRegion } from './describe-region.js';
import { readDossier } from './read-dossier.js';

export interface RunOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
  /** Aborts when somebody wants the region to stop. */
  readonly stop: AbortSignal;
}

/** Starts the region, tells the story when asked, and waits until it is told to stop. Resolves to the exit code. */
export async function runRegion(command: CommandLine, { environment, print, stop }: RunOptions): Promise<number> {
  const say = command.json ? () => undefined : print;
  const dossiers = await Promise.all(command.dossierFiles.map(readDossier));
  const broken = new AbortController();
  const began = performance.now();
  const region = await startRegion({
    fresh: command.fresh,
    bus: command.bus,
    dossiers,
    signal: stop,
    ...(command.stateDirectory !== undefined && { stateDirectory: command.stateDirectory }),
    ...(environment['DATABASE_URL'] !== undefined && { databaseUrl: environment['DATABASE_URL'] }),
    ...(environment['NATS_URL'] !== undefined && { natsUrl: environment['NATS_URL'] }),
    onProgress: say,
    onServiceEnd: (error) => broken.abort(error),
  });
  try {
    say(`Ready in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
    if (!command.exit) print(command.json ? JSON.stringify({ region: region.filePath }) : describeRegion(region.file, region.filePath));
    const held = command.story ? await tellStory(region, command, print) : true;
    if (!command.exit) await eitherAborts(stop, broken.signal);
    if (broken.signal.aborted) throw broken.signal.reason;
    return held ? 0 : 1;
  } finally {
    say('Stopping …');
    await region.stop();
  }
}

async function tellStory(region: Region, command: CommandLine, print: (line: string) => void): Promise<boolean> {
  const printer = command.json ? jsonPrinter : plainPrinter;
  // A dossier from a file comes after the synthetic clients, and is what the story was asked to be about.
  const patient = command.dossierFiles.length > 0 ? region.file.patients.at(-1) : region.file.patients[0];
  if (patient === undefined) throw new RegionError('The region has no patient to tell a story about.');
  const result = await playStory({ steps: storySteps, context: createStoryContext(region, patient), report: (step) => print(printer.step(step)) });
  print(printer.end(result));
  return result.ok;
}

function eitherAborts(...signals: readonly AbortSignal[]): Promise<void> {
  const any = AbortSignal.any([...signals]);
  return new Promise((resolve) => {
    if (any.aborted) resolve();
    any.addEventListener('abort', () => resolve(), { once: true });
    // Nothing else may keep the process alive while it waits.
    const alive = setInterval(() => undefined, 60_000);
    any.addEventListener('abort', () => clearInterval(alive), { once: true });
  });
}
