import { type Region, type RegionOptions, startRegion } from '@anw/region';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storyTemplate } from './story-template.js';

/** A region of this spec alone, on ports of its own, in a directory that goes with it. */
export async function startTemporaryRegion(options: RegionOptions = {}): Promise<Region> {
  const directory = await mkdtemp(join(tmpdir(), 'anw-e2e-'));
  const remove = () => rm(directory, { recursive: true, force: true });
  const postgresTemplate = storyTemplate();
  try {
    const region = await startRegion({ stateDirectory: directory, ports: 'ephemeral', ...(postgresTemplate !== undefined && { postgresTemplate }), ...options });
    return { ...region, stop: () => region.stop().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}
