import type { IdentifiedResource } from './fhir-resource.js';

/** Why a resource was not taken in. `home-access`: how to get into a home is kept apart, sealed, and never among the record. */
export type LoadRefusal = 'no-patient' | 'written-back' | 'not-storable' | 'kept-elsewhere' | 'home-access';

export interface LoadReport {
  readonly loaded: number;
  readonly refused: readonly { readonly reference: string; readonly reason: LoadRefusal }[];
}

/** Fills the record of one custodian organisation from its own systems; behind the operator door only. */
export interface ResourceLoader {
  /** A resource that is there already is replaced, under its next version when it says something else; what was written back by an actor is not. */
  loadResources(resources: readonly IdentifiedResource[]): Promise<LoadReport>;
}
