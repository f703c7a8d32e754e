import type { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import type { FhirResource } from '../fhir-resource.js';
import type { StoredResource, WriteOrigin } from '../fhir-source.js';

/** That something came into the record from out-of-hours care, by whom and on whose authority; not what it says. */
export interface Enrichment {
  readonly id: string;
  readonly type: string;
  readonly resource: string;
  readonly version: StoredResource['version'];
  readonly patient: PatientId;
  readonly at: Date;
  readonly actor: Did;
  readonly regisseur: Did;
  readonly authorization: DidUrl;
  readonly practitioner: { readonly identifier: EmployeeIdentifier; readonly name: string };
}

/** Where it is noted, in the transaction whose commit makes the write count; the same resource once. */
export interface EnrichmentJournal {
  /** Answers false when the resource was noted before. */
  record(enrichment: Enrichment): Promise<boolean>;
}

export function enrichmentOf(stored: StoredResource, patient: PatientId, { practitioner: { identifier, name }, ...origin }: WriteOrigin, id: string): Enrichment {
  const { resource, version, lastUpdated } = stored;
  return { id, type: resource.resourceType, resource: resource.id, version, patient, at: lastUpdated, ...origin, practitioner: { identifier, name } };
}

/** Tag by which every system that reads the resource later knows where it came from. */
export const fromOutOfHours = { system: 'urn:anw:origin', code: 'out-of-hours', display: 'Vastgelegd in de ANW-zorg' } as const;

/** The resource with that tag, and with no other that its sender may have put on it (G7: `meta` only `profile`). */
export function markFromOutOfHours<T extends FhirResource>(body: T): T {
  const meta = typeof body['meta'] === 'object' && body['meta'] !== null ? body['meta'] : {};
  return { ...body, meta: { ...meta, tag: [fromOutOfHours] } };
}
