import type { IdentifiedResource } from './fhir-resource.js';

/** Why a resource was not taken in. */
export type LoadRefusal = 'no-patient' | 'written-back' | 'not-storable';

export interface LoadReport {
  readonly loaded: number;
  readonly refused: readonly { readonly reference: string; readonly reason: LoadRefusal }[];
}

/** Fills the record of one custodian organisation from its own systems; behind the operator door only. */
export interface ResourceLoader {
  /** A resource that is there already is replaced under its next version; what was written back by an actor is not. */
  loadResources(resources: readonly IdentifiedResource[]): Promise<LoadReport>;
}
