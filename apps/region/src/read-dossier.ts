import { RegionError } from '@anw/region';
import { readFile } from 'node:fs/promises';

/** A FHIR bundle from a file; what is in it, the custodian judges. @throws RegionError */
export async function readDossier(path: string): Promise<object> {
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new RegionError(`The dossier ${path} cannot be read: ${cause.message}`, { cause });
  });
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return parsed;
  } catch (cause) {
    throw new RegionError(`The dossier ${path} is no JSON: ${(cause as Error).message}`, { cause });
  }
  throw new RegionError(`The dossier ${path} holds no FHIR bundle.`);
}
