import type { z } from 'zod';
import type { FhirResource } from '../../fhir-resource.js';
import type { WrittenReference } from './allowed-reference.js';
import { Composition } from './structure/composition.js';
import { DiagnosticReport } from './structure/diagnostic-report.js';
import { MedicationAdministration } from './structure/medication-administration.js';
import { MedicationStatement } from './structure/medication-statement.js';
import { Observation } from './structure/observation.js';
import type { Written } from './written.js';

/** Which extension of a medication statement names its author (spec anw-fhir-profiles §3.6). */
export const MEDICATION_USE_AUTHOR = 'http://nictiz.nl/fhir/StructureDefinition/ext-MedicationUse2.Author';

/** What a type that may be written back calls the things that every write has. */
export interface WritableType<T extends Written = Written> {
  readonly structure: z.ZodType<T>;
  /** Element whose code tells which zib it is. */
  readonly kindElement: string;
  readonly author: WrittenAuthor<T>;
  /** Element that says when it was done or written (G13), and the moments in it. */
  readonly timeElement: string;
  momentsOf(resource: T): readonly (string | undefined)[];
}

/** Where the author of a type stands (G10). */
export interface WrittenAuthor<T extends Written = Written> {
  /** Element names from the root. */
  readonly element: string;
  /** Everybody that the client names there. */
  of(resource: T): readonly WrittenReference[];
  /** The resource with this author and no other. */
  set(resource: FhirResource, author: WrittenReference): FhirResource;
}

// Methods, not properties: the entry under a resource's own type is the one that is handed it.
const types = {
  Observation: {
    structure: Observation,
    kindElement: 'code',
    author: { element: 'performer', of: ({ performer = [] }: Observation) => performer, set: (resource, author) => ({ ...resource, performer: [author] }) },
    timeElement: 'effective',
    momentsOf: ({ effectiveDateTime, effectivePeriod }: Observation) => [effectiveDateTime, effectivePeriod?.start, effectivePeriod?.end],
  } satisfies WritableType<Observation>,
  Composition: {
    structure: Composition,
    kindElement: 'type',
    author: { element: 'author', of: ({ author = [] }: Composition) => author, set: (resource, author) => ({ ...resource, author: [author] }) },
    timeElement: 'date',
    momentsOf: ({ date }: Composition) => [date],
  } satisfies WritableType<Composition>,
  DiagnosticReport: {
    structure: DiagnosticReport,
    kindElement: 'code',
    author: { element: 'performer', of: ({ performer = [] }: DiagnosticReport) => performer, set: (resource, author) => ({ ...resource, performer: [author] }) },
    timeElement: 'effective',
    momentsOf: ({ effectiveDateTime, effectivePeriod }: DiagnosticReport) => [effectiveDateTime, effectivePeriod?.start, effectivePeriod?.end],
  } satisfies WritableType<DiagnosticReport>,
  MedicationStatement: {
    structure: MedicationStatement,
    kindElement: 'category',
    author: { element: 'extension', of: authorsByExtension, set: withAuthorExtension },
    // The period of use is told, and may lie years back; when it was told is the moment of the write.
    timeElement: 'dateAsserted',
    momentsOf: ({ dateAsserted }: MedicationStatement) => [dateAsserted],
  } satisfies WritableType<MedicationStatement>,
  MedicationAdministration: {
    structure: MedicationAdministration,
    kindElement: 'category',
    author: {
      element: 'performer.actor',
      of: ({ performer = [] }: MedicationAdministration) => performer.map(({ actor }) => actor),
      set: (resource, author) => ({ ...resource, performer: [{ actor: author }] }),
    },
    timeElement: 'effective',
    momentsOf: ({ effectiveDateTime, effectivePeriod }: MedicationAdministration) => [effectiveDateTime, effectivePeriod?.start, effectivePeriod?.end],
  } satisfies WritableType<MedicationAdministration>,
};

/** By resource type (spec anw-fhir-profiles §10.1, create). */
export const writableTypes: ReadonlyMap<string, WritableType> = new Map<string, WritableType>(Object.entries(types));

function authorsByExtension({ extension = [] }: MedicationStatement): readonly WrittenReference[] {
  return extension.filter(({ url }) => url === MEDICATION_USE_AUTHOR).map((each) => (each as { valueReference?: WrittenReference }).valueReference ?? {});
}

/** A statement is told by somebody and written down by the author; "the nurse" as teller is the author. */
function withAuthorExtension(resource: FhirResource, author: WrittenReference): FhirResource {
  const others = ((resource['extension'] ?? []) as { readonly url: string }[]).filter(({ url }) => url !== MEDICATION_USE_AUTHOR);
  const source = resource['informationSource'] as WrittenReference | undefined;
  const told = source !== undefined && source.reference === undefined ? { informationSource: author } : {};
  return { ...resource, ...told, extension: [...others, { url: MEDICATION_USE_AUTHOR, valueReference: author }] };
}
