import type { PatientId } from '@anw/values';
import type { FhirSource, StoredResource } from '../../fhir-source.js';
import type { HeldReference } from './check-references.js';

/** What the rules of a write ask of the record it goes to. */
export type WriteRecord = Pick<FhirSource, 'readWritten' | 'readReferred' | 'search'>;

/** A reference that the resource holds, and what it points at in this patient's record. */
export interface ResolvedReference extends HeldReference {
  readonly stored: StoredResource;
}

/** What a zib may look at once its own content has been judged. */
export interface RecordView {
  readonly patient: PatientId;
  readonly record: WriteRecord;
  readonly references: readonly ResolvedReference[];
}
