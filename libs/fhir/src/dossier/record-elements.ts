import { z } from 'zod';
import type { FhirResource } from '../fhir-resource.js';
import { codeToken } from '../r4/code-systems.js';
import { printDutchTime } from './observation-entry.js';

const text = z.string().optional().catch(undefined);

const Concept = z.looseObject({
  text,
  coding: z.array(z.looseObject({ system: text, code: text, display: text }).catch({})).catch([]),
});
export type Concept = z.infer<typeof Concept>;

const Reference = z.looseObject({ reference: text, display: text, identifier: z.looseObject({ value: text }).optional().catch(undefined) });
export type Reference = z.infer<typeof Reference>;

const Extension = z.looseObject({
  url: text,
  valueString: text,
  valueBoolean: z.boolean().optional().catch(undefined),
  valueReference: Reference.optional().catch(undefined),
});
const NO_EXTENSION: z.infer<typeof Extension> = {};

/**
 * Elements as a source may send them: of the wrong shape they are absent, and the line that shows them says so; a wrong
 * shape never hides the resource.
 */
export const readable = {
  text,
  flag: z.boolean().optional().catch(undefined),
  concept: Concept.optional().catch(undefined),
  concepts: z.array(Concept.catch({ coding: [] })).catch([]),
  reference: Reference.optional().catch(undefined),
  period: z.looseObject({ start: text, end: text }).optional().catch(undefined),
  notes: z.array(z.looseObject({ text }).catch({})).catch([]),
  extensions: z.array(Extension.catch(NO_EXTENSION)).catch([]),
};

/** The concept in words: the source's own text, a display, a name we know, else the bare code; `undefined` without any. */
export function printConcept(concept: Concept | undefined, names: Readonly<Record<string, string>> = {}): string | undefined {
  if (concept === undefined) return undefined;
  const known = concept.coding.map(({ system, code }) => names[codeToken(system ?? '', code ?? '')]).find((name) => name !== undefined);
  return concept.text ?? known ?? concept.coding.find(({ display }) => display !== undefined)?.display ?? concept.coding.map(printCode).find((code) => code !== undefined);
}

export function printConcepts(concepts: readonly Concept[], names?: Readonly<Record<string, string>>): string | undefined {
  const printed = concepts.flatMap((concept) => printConcept(concept, names) ?? []);
  return printed.length === 0 ? undefined : printed.join(', ');
}

export function hasCode({ coding }: Concept, system: string, code: string): boolean {
  return coding.some((each) => each.system === system && each.code === code);
}

/** Whom or what it refers to: the source's own words, else the identifier, else the bare reference. */
export function printReference(reference: Reference | undefined): string | undefined {
  return reference?.display ?? reference?.identifier?.value ?? reference?.reference;
}

/** What a literal reference points at, when it came along. */
export function findReferred(reference: Reference | undefined, related: readonly FhirResource[]): FhirResource | undefined {
  if (reference?.reference === undefined) return undefined;
  return related.find(({ resourceType, id }) => id !== undefined && `${resourceType}/${id}` === reference.reference);
}

/** `vanaf za 13 juni 2026 tot en met ma 15 juni 2026`; `undefined` when neither end is known. */
export function printPeriod(period: { readonly start?: string | undefined; readonly end?: string | undefined } | undefined): string | undefined {
  const ends = [period?.start === undefined ? [] : [`vanaf ${printDutchTime(period.start)}`], period?.end === undefined ? [] : [`tot en met ${printDutchTime(period.end)}`]].flat();
  return ends.length === 0 ? undefined : ends.join(' ');
}

export function extensionOf(extensions: z.infer<typeof readable.extensions>, url: string): z.infer<typeof Extension> | undefined {
  return extensions.find((extension) => extension.url === url);
}

function printCode({ system, code }: Concept['coding'][number]): string | undefined {
  if (code === undefined) return undefined;
  return system === undefined ? code : `${code} (${system})`;
}
