import type { Organisation } from '@anw/identity';
import { Database, DatabaseUnavailableError, organisationEntities, OrganisationTable } from '@anw/persistence';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ToolOptions } from './parse-options.js';
import { ToolError } from './tool-error.js';

export interface OpenLog {
  readonly organisation: Organisation;
  readonly database: Database;
}

type Location = Pick<ToolOptions, 'organisation' | 'database' | 'stateDirectory'>;

/** Connects with the service's own rights, which cannot change the log. @throws ToolError */
export async function openLog(location: Location): Promise<OpenLog> {
  const database = new Database({ url: location.database ?? (await urlInRegion(location)), applicationName: 'log-tools', entities: organisationEntities, migrations: [], poolSize: 2 });
  try {
    await database.connect();
    const organisation = await database.acrossOrganisations((tx) => new OrganisationTable(tx).findByName(location.organisation));
    if (organisation === undefined) throw new ToolError(`This database holds no organisation "${location.organisation}".`);
    return { organisation, database };
  } catch (error) {
    await database.close();
    if (error instanceof DatabaseUnavailableError) throw new ToolError(`${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ''}.`, { cause: error });
    throw error;
  }
}

const regionFile = z.object({
  organisations: z.array(z.object({ service: z.string(), name: z.string() })),
  database: z.object({ services: z.record(z.string(), z.object({ url: z.string() })) }),
});

async function urlInRegion({ organisation, stateDirectory }: Location): Promise<string> {
  const path = join(stateDirectory, 'region.json');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ToolError(`Give --database URL: DATABASE_URL is not set and there is no local region (${path}).`, { cause });
  });
  const region = regionFile.parse(JSON.parse(text));
  const service = region.organisations.find(({ name }) => name === organisation)?.service;
  const url = service === undefined ? undefined : region.database.services[service]?.url;
  if (url === undefined) throw new ToolError(`The local region has no organisation "${organisation}".`);
  return url;
}
