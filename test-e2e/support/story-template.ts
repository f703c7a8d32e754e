import { makePostgresTemplate, type PostgresTemplate } from '@anw/region';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** How the set-up of a run tells its specs, which run in processes of their own. */
const variable = 'ANW_TEST_POSTGRES_TEMPLATE';

/** What the regions of this run begin with; undefined outside of Jest. */
export function storyTemplate(): PostgresTemplate | undefined {
  const told = process.env[variable];
  return told === undefined ? undefined : (JSON.parse(told) as PostgresTemplate);
}

/** Makes it, once for a run. */
export async function makeStoryTemplate(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'anw-template-'));
  try {
    process.env[variable] = JSON.stringify(await makePostgresTemplate(directory));
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

export async function removeStoryTemplate(): Promise<void> {
  const template = storyTemplate();
  if (template !== undefined) await rm(dirname(template.dataDirectory), { recursive: true, force: true });
}
