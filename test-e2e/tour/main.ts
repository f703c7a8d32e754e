import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startBrowser } from '../support/browser.js';
import { startTemporaryRegion } from '../support/temporary-region.js';
import { playNight } from './play-night.js';
import { actorStops } from './stops/actor.js';
import { custodianStops } from './stops/custodian.js';
import { regisseurStops } from './stops/regisseur.js';
import { takePicture } from './take-picture.js';
import { describeTour } from './describe-tour.js';

const { values: options } = parseArgs({ options: { out: { type: 'string', default: 'docs' }, only: { type: 'string' } } });

process.exit(await makeTour(resolve(options.out), options.only));

/**
 * Starts a region, plays a night, takes a picture of every page as it then is and writes them down as a tour: `tour.md`
 * and `tour/*.jpg` below `directory`. `only` names the stops to take again, by parts of their names with commas between. Resolves to the exit code.
 */
async function makeTour(directory: string, only: string | undefined): Promise<number> {
  const stops = [...regisseurStops, ...actorStops, ...custodianStops].filter(({ name }) => only === undefined || only.split(',').some((part) => name.includes(part)));
  const pictures = join(directory, 'tour');
  await mkdir(pictures, { recursive: true });
  if (only === undefined) for (const name of await readdir(pictures)) await rm(join(pictures, name));
  process.stdout.write('Starting a region…\n');
  const [region, browser] = await Promise.all([startTemporaryRegion({ bus: 'none', logLevel: 'error' }), startBrowser()]);
  const missed: string[] = [];
  try {
    const facts = await playNight(region);
    for (const stop of stops) {
      for (const shot of stop.shots) {
        const failure = await takePicture({ browser, region: region.file, facts, stop, shot, directory: pictures });
        process.stdout.write(`${stop.name} ${shot.join(' ')}${failure === undefined ? '' : `: ${failure}`}\n`);
        if (failure !== undefined) missed.push(stop.name);
      }
    }
  } finally {
    await Promise.all([browser.close(), region.stop()]);
  }
  if (only === undefined) await writeFile(join(directory, 'tour.md'), describeTour(stops));
  return missed.length === 0 ? 0 : 1;
}
