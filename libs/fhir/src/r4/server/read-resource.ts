import type { PatientId } from '@anw/values';
import { fhirOk, FhirFailureError, type FhirResult, fhirRefusal } from '../../fhir-failure.js';
import { referenceTo } from '../../fhir-resource.js';
import type { FhirSource, StoredResource } from '../../fhir-source.js';
import type { ReadInstance } from '../authorize-interaction.js';
import { versionedReference } from '../create-answer.js';
import { needsPatient, patientOf, zibOf } from '../resource-facts.js';
import { toOutgoingResource } from '../search-bundle.js';
import type { AllowedRead } from '../search-policy.js';
import type { Access, FhirAnswer, Handling } from './fhir-server.js';
import { logRow } from './log-row.js';

/** The authorized patient herself. */
export function readPatient(patient: PatientId, handling: Handling, access: Access): Promise<FhirResult<FhirAnswer>> {
  return read((source) => source.readPatient(patient), { type: 'Patient', id: patient, patient }, handling, access);
}

/**
 * A resource by its id: what this authorization wrote, or what something that it was given points at (spec
 * anw-fhir-profiles §10.1). What it was given is what its log says. Absent, not pointed at and another patient's all
 * take the same steps and get the same answer.
 */
export async function readInstance(wanted: ReadInstance, handling: Handling, access: Access): Promise<FhirResult<FhirAnswer>> {
  const pointedAt = wanted.ways.some(({ which }) => which === 'pointed-at');
  const given = pointedAt ? await handling.server.transaction(({ findGiven }) => findGiven(wanted)) : [];
  return read((source) => findInstance(wanted, given, source), wanted, handling, access);
}

async function findInstance(wanted: ReadInstance, given: readonly string[], source: FhirSource): Promise<StoredResource | undefined> {
  const found: (StoredResource | undefined)[] = [];
  for (const way of wanted.ways) found.push(await findInOneWay(way, wanted, given, source));
  return found.find((each) => each !== undefined);
}

async function findInOneWay(way: AllowedRead, { type, id, patient, authorization }: ReadInstance, given: readonly string[], source: FhirSource): Promise<StoredResource | undefined> {
  if (way.which === 'written-under-this-authorization') return source.readWritten({ type, id, patient, authorization });
  if (way.which !== 'pointed-at') return undefined;
  const pointing = given.filter((reference) => way.by.some(({ from }) => from === undefined || reference.startsWith(`${from}/`)));
  const found = await source.readPointedAt({ type, id, patient, given: pointing, by: way.by });
  return found !== undefined && (way.zib === undefined || zibOf(found.resource) === way.zib) ? found : undefined;
}

type Named = Pick<ReadInstance, 'type' | 'id' | 'patient'>;

async function read(find: (source: FhirSource) => Promise<StoredResource | undefined>, wanted: Named, handling: Handling, access: Access): Promise<FhirResult<FhirAnswer>> {
  const query = `${wanted.type}/${wanted.id}`;
  const stored = await handling.server.withSource(find, async (found, { audit }) => {
    if (found === undefined) return undefined;
    if (!isAskedFor(found, wanted)) throw new FhirFailureError({ code: 'unexpected', reason: 'outgoing-resource-not-asked-for' });
    await audit.append(logRow('fhir.read', handling, access, { query, resources: [versionedReference(found)] }));
    return found;
  });
  if (stored === undefined) return fhirRefusal('not-found', 'absent-or-of-another');
  return fhirOk({ status: 200, body: toOutgoingResource(stored), headers: { etag: `W/"${stored.version}"` } });
}

/** Third check, after the request and the store query, as every outgoing bundle gets (§10.2). */
function isAskedFor({ resource }: StoredResource, { type, id, patient }: Named): boolean {
  const owner = patientOf(resource);
  return referenceTo(resource) === `${type}/${id}` && (owner === patient || (owner === undefined && !needsPatient(type)));
}
