import type { ResourceIssue } from '../../fhir-failure.js';
import { error } from './issue.js';

/** A reference that a zib may hold besides subject and author (G9). */
export interface AllowedReference {
  /** Element names from the root: `section.entry`. */
  readonly on: string;
  readonly types: readonly string[];
  /** Where it must be found: anywhere in the patient's record, or among what this authorization wrote. */
  readonly among: 'record' | 'written';
  /** Whether the author may stand there too, by her identifier or as `Practitioner` alone; the custodian completes her. */
  readonly orAuthor?: true;
  /** Told of one that is not found there, with the place that the zib's rule names. */
  readonly notFound: (expression: string) => ResourceIssue;
}

/** A reference as FHIR R4 writes it. */
export interface WrittenReference {
  readonly reference?: string | undefined;
  readonly type?: string | undefined;
  readonly identifier?: { readonly system?: string | undefined; readonly value?: string | undefined } | undefined;
  readonly display?: string | undefined;
}

/** What a reference is told that no zib has words for. */
export function unknownReference(expression: string): ResourceIssue {
  return error('G9-REFERENCE', 'business-rule', 'Een verwijzing naar een ander gegeven wordt hier niet aangenomen.', expression);
}
