import type { FhirResource } from '../fhir-resource.js';
import type { DossierChange } from './dossier-look.js';
import type { DossierMedication } from './medication/dossier-medication.js';

/** One line of the dossier as the nurse reads it. Texts are to be rendered as text, never as markup. */
export interface DossierEntry {
  /** `Observation/…`. */
  readonly reference?: string;
  readonly label: string;
  readonly values: readonly DossierValue[];
  /** Of a report. */
  readonly text?: string;
  readonly note?: string;
  /** ISO 8601, as the source gave it. */
  readonly at?: string;
  /** The same for a Dutch reader: `za 13 juni 2026, 23:05`. */
  readonly when: string;
  readonly author: string;
  readonly source: string;
  readonly status: string;
  /** What she must know before she trusts the line; never left out (spec anw-fhir-profiles §10.3). */
  readonly warnings: readonly string[];
  /** Against her last look. Absent: nothing changed, or nothing to compare with. */
  readonly change?: DossierChange;
  /** Of medication that she may write about: what she takes over. */
  readonly medication?: DossierMedication;
}

export interface DossierValue {
  readonly label: string;
  readonly value: string;
  readonly unit?: string;
  /** Against the reference range: `boven referentiebereik`. */
  readonly interpretation?: string;
  /** It is a telephone number. */
  readonly telephone?: true;
}

/** What a line is made with beside its resource. */
export interface EntryContext {
  /** Name of the custodian. */
  readonly source: string;
  readonly now: Date;
  /** Whatever else came, by its relative reference, to name what the resource refers to. */
  readonly related: ReadonlyMap<string, FhirResource>;
  /** Her last look, to mark what came or changed after it. */
  readonly since?: Date;
}

/** How a resource becomes a line. Never throws, whatever a source sent: what cannot be read is said in the line. */
export type EntryOf = (resource: FhirResource, context: EntryContext) => DossierEntry;
