import type { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import type { FhirResource, IdentifiedResource } from './fhir-resource.js';
import type { AllowedSearch, Pointer } from './r4/search-policy.js';

/** A resource as the source keeps it. */
export interface StoredResource {
  readonly resource: IdentifiedResource;
  /** As its source counts: numbers in our own store, any FHIR id in another. */
  readonly version: number | string;
  readonly lastUpdated: Date;
}

/** Place in a result list, newest first: the last entry that was given. */
export interface SearchPosition {
  readonly date: Date;
  readonly id: string;
}

/** An allowed search for one patient; whose it is was decided by the token, not by the request (design D15). */
export interface SourceSearch {
  readonly patient: PatientId;
  readonly search: AllowedSearch;
  readonly count: number;
  /** Absent: the first page. */
  readonly after?: SearchPosition;
}

export interface SourceSearchResult {
  /** Number of matches over all pages. */
  readonly total: number;
  /** Newest first. */
  readonly matches: readonly StoredResource[];
  readonly included: readonly StoredResource[];
  /** Where the next page starts; absent on the last. */
  readonly next?: SearchPosition;
}

/** A resource by its id, of which one that was given before must speak (spec anw-fhir-profiles §10.1). */
export interface PointedAt {
  readonly type: string;
  readonly id: string;
  readonly patient: PatientId;
  /** Relative references to what this authorization was given so far. */
  readonly given: readonly string[];
  /** Where those may point from. */
  readonly by: readonly Pointer[];
}

/** Who writes back, on whose authority; kept beside what was written. */
export interface WriteOrigin {
  readonly actor: Did;
  readonly regisseur: Did;
  readonly authorization: DidUrl;
  readonly practitioner: { readonly identifier: EmployeeIdentifier; readonly name: string };
}

/** A validated resource on its way into the record, without id, version and `meta` of its own. */
export interface ResourceDraft {
  readonly patient: PatientId;
  readonly body: FhirResource;
  /** The client's name for this write (design D18). Absent: equal content under the same authorization is the same write. */
  readonly identifier?: { readonly system: string; readonly value: string };
  /** hex SHA-256 of the content, to tell a repeat from another write under the same identifier. */
  readonly fingerprint: string;
  readonly origin: WriteOrigin;
}

export type CreateResult =
  | { readonly outcome: 'created'; readonly stored: StoredResource }
  /** The same write came before: this is its result. */
  | { readonly outcome: 'repeated'; readonly stored: StoredResource }
  /** The identifier is taken by other content. */
  | { readonly outcome: 'duplicate' };

/**
 * Where a custodian's FHIR data comes from: our own store or the organisation's own FHIR server (design D14). Every
 * method restricts to the patient itself, whatever was checked before (design D15).
 */
export interface FhirSource {
  readPatient(patient: PatientId): Promise<StoredResource | undefined>;
  /** Only what was written under this authorization for this patient; everything else is absent. */
  readWritten(wanted: { readonly type: string; readonly id: string; readonly patient: PatientId; readonly authorization: DidUrl }): Promise<StoredResource | undefined>;
  search(search: SourceSearch): Promise<SourceSearchResult>;
  /** What these relative references (`Medication/12`) point at, each once: of this patient, or of nobody in particular; everything else is absent. */
  readReferred(references: readonly string[], patient: PatientId): Promise<readonly StoredResource[]>;
  /** Of this patient, or of nobody in particular. Not pointed at, not there and another patient's are one: absent, found out at the same cost. */
  readPointedAt(wanted: PointedAt): Promise<StoredResource | undefined>;
  /** What the same write made when it came before; `undefined` when it did not, or its name was taken by other content. */
  findRepeat(draft: ResourceDraft): Promise<StoredResource | undefined>;
  /** Stores it exactly once (design D18). */
  create(draft: ResourceDraft): Promise<CreateResult>;
}
