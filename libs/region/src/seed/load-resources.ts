import { z } from 'zod';
import type { FhirResource } from '../synthetic/fhir-resource.js';
import type { OperatorClient } from './operator-client.js';

/** A FHIR Bundle or a list of resources, as a file holds it; the custodian checks what is in it. */
export type FhirBundle = object;

/** Loads resources into a custodian's store, in one request. */
export async function loadResources(custodian: OperatorClient, organisation: string, bundle: FhirBundle): Promise<void> {
  await custodian.post(`/operator/organisations/${organisation}/resources`, bundle, z.unknown());
}

export function collectionOf(resources: readonly FhirResource[]): FhirBundle {
  return { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) };
}
