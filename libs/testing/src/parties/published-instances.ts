import { IdentifiedResource } from '@anw/fhir';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Beside the project: they are not ours to keep in it. */
const directory = join(import.meta.dirname, '../../../../../shared/fhir-examples/r4');

/**
 * FHIR R4 instances of the published Dutch profiles, file name → resource. Empty where they do not lie beside the
 * project; a specification that uses them says so in a title, and shows the same with instances of its own.
 */
export function publishedInstances(): ReadonlyMap<string, IdentifiedResource> {
  const files = existsSync(directory) ? readdirSync(directory).filter((file) => file.endsWith('.json')) : [];
  return new Map(files.map((file) => [file, IdentifiedResource.parse(JSON.parse(readFileSync(join(directory, file), 'utf8')))]));
}
