import type { FhirResource } from '../fhir-resource.js';
import { URI_SYSTEM } from '../r4/code-systems.js';
import { stepIdentifier } from './step-identifier.js';
import type { WriteStep, WriteSubject, WrittenReferences } from './write-kind.js';

/** A resource under way: everything but the name of its write, which its step gives. */
export type UnnamedResource = FhirResource & { readonly identifier?: never };

export interface PlannedResource {
  readonly name: string;
  readonly after?: readonly string[];
  readonly create: (referenceTo: (step: string) => string) => UnnamedResource;
}

/** A draft that is one resource. */
export function singleStep(name: string, resource: UnnamedResource, subject: WriteSubject): readonly WriteStep[] {
  return planSteps([{ name, create: () => resource }], subject);
}

/** Names every write of a draft: the last step has the draft's own uuid, the others one made from it. */
export function planSteps(planned: readonly PlannedResource[], { id }: WriteSubject): readonly WriteStep[] {
  return planned.map(({ name, after = [], create }, index) => {
    const identifier = index === planned.length - 1 ? id : stepIdentifier(id, name);
    return { name, identifier, after, create: (written) => named(create((step) => referenceTo(step, written)), identifier) };
  });
}

function referenceTo(step: string, written: WrittenReferences): string {
  const reference = written[step];
  if (reference === undefined) throw new Error(`Step ${step} has not been written.`);
  return reference;
}

/** `Composition.identifier` is one, everywhere else it is a list (FHIR R4). */
function named(resource: FhirResource, id: string): FhirResource {
  const identifier = { system: URI_SYSTEM, value: `urn:uuid:${id}` };
  return { ...resource, identifier: resource.resourceType === 'Composition' ? identifier : [identifier] };
}
