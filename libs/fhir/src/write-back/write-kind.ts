import type { PatientId } from '@anw/values';
import type { FhirResource } from '../fhir-resource.js';
import type { WriteOrigin } from '../fhir-source.js';

/** Whose record, and the uuid of the draft, from which the name of every write in it is made (design D18). */
export interface WriteSubject {
  readonly id: string;
  readonly patient: PatientId;
  /** Who writes it. The custodian fills her in from the token; where FHIR R4 makes her mandatory the resource is whole with her only. */
  readonly author?: Pick<WriteOrigin, 'actor' | 'practitioner'>;
}

/** What the earlier steps became at the custodian: step → `Observation/12`. */
export type WrittenReferences = Readonly<Record<string, string>>;

/** One resource to create. The same draft makes the same steps, names and resources every time. */
export interface WriteStep {
  /** Unique within the draft: `panel`. */
  readonly name: string;
  /** uuid under which the custodian knows this write; the last step has the draft's own. */
  readonly identifier: string;
  /** Steps whose references the resource holds; they come earlier in the list. */
  readonly after: readonly string[];
  /** @throws Error when the reference of a step in `after` is missing. */
  readonly create: (written: WrittenReferences) => FhirResource;
}

/** What a nurse writes: plain input, the resources it becomes, and which of her fields an outcome is about. */
export interface WriteKind<Input> {
  /** What the nurse and the day team call it. */
  readonly label: string;
  /** In the order in which they are to be created; the draft has arrived when the last is accepted. */
  readonly steps: (input: Input, subject: WriteSubject) => readonly WriteStep[];
  /** The member of the input that the FHIRPath of an outcome on that step points at; `undefined` when it is about none. */
  readonly fieldOf: (step: string, expression: string) => FieldOf<Input> | undefined;
}

export type FieldOf<Input> = keyof Input & string;
