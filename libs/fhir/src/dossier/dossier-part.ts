import type { FhirResource } from '../fhir-resource.js';
import type { DossierPartName } from './dossier-queries.js';

/** What came of one of the searches: never one failing part hides the rest. */
export type DossierPart = FetchedPart | FailedPart;

export interface FetchedPart {
  readonly name: DossierPartName;
  readonly state: 'fetched';
  readonly resources: readonly FhirResource[];
  /** What travelled along, and what was read because these resources point at it. */
  readonly included: readonly FhirResource[];
  readonly total: number;
  readonly fetchedAt: Date;
}

export interface FailedPart {
  readonly name: DossierPartName;
  readonly state: 'failed';
  readonly reason: DossierPartFailure;
}

export type DossierPartFailure = 'no-access' | 'expired' | 'too-slow' | 'unavailable' | 'unreadable';
