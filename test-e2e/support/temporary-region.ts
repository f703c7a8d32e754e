import { type Region, type RegionOptions, startRegion } from '@anw/region';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noteOnFailure } from './failure-notes.js';
import { storyTemplate } from './story-template.js';

/** A region of this spec alone, on ports of its own, in a directory that goes with it. */
export async function startTemporaryRegion(options: RegionOptions = {}): Promise<Region> {
  const directory = await mkdtemp(join(tmpdir(), 'anw-e2e-'));
  const remove = () => rm(directory, { recursive: true, force: true });
  const postgresTemplate = storyTemplate();
  try {
    const region = await startRegion({ stateDirectory: directory, ports: 'ephemeral', ...(postgresTemplate !== undefined && { postgresTemplate }), ...options });
    const forgetNote = noteOnFailure(() => complaintsIn(join(directory, 'logs')));
    return {
      ...region,
      stop() {
        forgetNote();
        return region.stop().finally(remove);
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Of each service, beside the everyday ones. */
const NOTED_LINES = 10;
const everyday = /"level":"(?:info|debug)"|UTC \[\d+\] LOG:/;

async function complaintsIn(logs: string): Promise<string> {
  const files = await readdir(logs);
  const complaints = await Promise.all(files.map(async (file) => (await readFile(join(logs, file), 'utf8')).split('\n').filter((line) => line !== '' && !everyday.test(line)).slice(-NOTED_LINES).map((line) => `${file}: ${line}`)));
  return complaints.flat().join('\n') || 'nothing in the logs';
}
