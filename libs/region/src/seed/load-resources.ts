import { z } from 'zod';
import type { FhirResource } from '../synthetic/fhir-resource.js';
import type { OperatorClient } from './operator-client.js';

/** A FHIR Bundle or a list of resources, as a file holds it; the custodian checks what is in it. */
export type FhirBundle = object;

const Report = z.looseObject({ patient: z.string(), loaded: z.int(), refused: z.array(z.looseObject({ reference: z.string(), reason: z.string() })) });

/** What the custodian made of a dossier. */
export type LoadReport = z.infer<typeof Report>;

/** Loads the dossier of one patient into a custodian's store, in one request. */
export async function loadResources(custodian: OperatorClient, organisation: string, bundle: FhirBundle): Promise<LoadReport> {
  return custodian.post(`/operator/organisations/${organisation}/resources`, bundle, Report);
}

export function collectionOf(resources: readonly FhirResource[]): FhirBundle {
  return { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) };
}
