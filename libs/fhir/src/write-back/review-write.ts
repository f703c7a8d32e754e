import { checkStructure } from '../r4/validation/structure/check-structure.js';
import { writableTypes } from '../r4/validation/writable-type.js';
import { writableZibs } from '../r4/validation/writable-zibs.js';
import type { Written } from '../r4/validation/written.js';
import { zibOf } from '../r4/resource-facts.js';
import type { FhirResource } from '../fhir-resource.js';
import type { ResourceIssue } from '../fhir-failure.js';
import { fieldOf, stepsOf, type Write } from './write-kinds.js';
import type { WriteStep, WriteSubject } from './write-kind.js';

/** What is to be said of a write before it is sent. */
export interface WriteRemark {
  /** `error`: the custodian will refuse it so. `warning`: unusual; she confirms it before it is sent (spec anw-fhir-profiles §9.2). */
  readonly severity: 'error' | 'warning';
  /** Member of the input that it is about, when it is about one. */
  readonly field?: string;
  /** One Dutch sentence. */
  readonly text: string;
  readonly rule: string;
}

/**
 * Reads a write by the rules that a custodian of ours reads it by, as far as they need neither the record nor a token:
 * a slipped decimal point is seen at the bedside, not a minute later.
 */
export function reviewWrite(write: Write, subject: WriteSubject): readonly WriteRemark[] {
  return stepsOf(write, subject).flatMap((step) =>
    issuesOf(step).map(({ severity, text, rule, expression }) => {
      const field = expression === undefined ? undefined : fieldOf(write.kind, step.name, expression);
      return { severity: severity === 'error' ? 'error' : 'warning', ...(field === undefined ? {} : { field }), text, rule };
    }),
  );
}

function issuesOf(step: WriteStep): readonly ResourceIssue[] {
  // Whatever the references will be, the content is the same.
  const resource = step.create(Object.fromEntries(step.after.map((name) => [name, `Observation/${name}`])));
  const type = writableTypes.get(resource.resourceType);
  const structured = type && checkStructure(type.structure, resource);
  if (structured === undefined) return [];
  return structured.ok ? ownIssues(structured.value, resource) : (structured.failure.issues ?? []);
}

function ownIssues(written: Written, resource: FhirResource): readonly ResourceIssue[] {
  const zib = zibOf(resource);
  return writableZibs.find((each) => each.zib.name === zib?.name)?.check(written) ?? [];
}
