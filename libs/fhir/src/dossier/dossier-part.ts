import type { FhirResource } from '../fhir-resource.js';
import type { DossierPartName } from './dossier-queries.js';

/** What came of one of the searches: never one failing part hides the rest. */
export type DossierPart =
  | { readonly name: DossierPartName; readonly state: 'fetched'; readonly resources: readonly FhirResource[]; readonly included: readonly FhirResource[]; readonly total: number }
  | { readonly name: DossierPartName; readonly state: 'failed'; readonly reason: DossierPartFailure };

export type DossierPartFailure = 'no-access' | 'expired' | 'unavailable' | 'unreadable';
