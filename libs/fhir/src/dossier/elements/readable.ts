import { z } from 'zod';

const text = z.string().optional().catch(undefined);

const Concept = z.looseObject({
  text,
  coding: z.array(z.looseObject({ system: text, code: text, display: text }).catch({})).catch([]),
});
export type Concept = z.infer<typeof Concept>;

const Reference = z.looseObject({ reference: text, display: text, identifier: z.looseObject({ value: text }).optional().catch(undefined) });
export type Reference = z.infer<typeof Reference>;

const Quantity = z.looseObject({ value: z.number().optional().catch(undefined), comparator: text, unit: text, system: text, code: text });
export type Quantity = z.infer<typeof Quantity>;

const quantity = Quantity.optional().catch(undefined);
const concept = Concept.optional().catch(undefined);
const reference = Reference.optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);

const Actor = z.looseObject({ actor: reference });
const NOBODY: z.infer<typeof Actor> = {};

const InnerExtension = z.looseObject({ url: text, valueString: text, valueBoolean: flag, valueDuration: quantity });

const Extension = z.looseObject({
  url: text,
  valueString: text,
  valueBoolean: flag,
  valueDateTime: text,
  valueReference: reference,
  valueCodeableConcept: concept,
  valuePeriod: z.looseObject({ start: text, end: text, extension: z.array(InnerExtension.catch({})).optional().catch(undefined) }).optional().catch(undefined),
  extension: z.array(InnerExtension.catch({})).optional().catch(undefined),
});
export type Extension = z.infer<typeof Extension>;
const NO_EXTENSION: Extension = {};

const Period = z.looseObject({ start: text, end: text, extension: z.array(InnerExtension.catch({})).optional().catch(undefined) });
export type Period = z.infer<typeof Period>;

/**
 * Elements as a source may send them: of the wrong shape they are absent, and the line that shows them says so; a wrong
 * shape never hides the resource.
 */
export const readable = {
  text,
  texts: z.array(text).catch([]),
  flag,
  number: z.number().optional().catch(undefined),
  concept,
  concepts: z.array(Concept.catch({ coding: [] })).catch([]),
  reference,
  references: z.array(Reference.catch({})).catch([]),
  /** Of a `performer` that holds its party in `actor`. */
  actors: z.array(Actor.catch(NOBODY)).catch([]).transform((performers) => performers.map(({ actor }) => actor).filter((actor) => actor !== undefined)),
  quantity,
  period: Period.optional().catch(undefined),
  notes: z.array(z.looseObject({ text }).catch({})).catch([]),
  extensions: z.array(Extension.catch(NO_EXTENSION)).catch([]),
};

export function extensionOf(extensions: readonly Extension[], url: string): Extension | undefined {
  return extensions.find((extension) => extension.url === url);
}

export function hasCode({ coding }: Concept, system: string, code: string): boolean {
  return coding.some((each) => each.system === system && each.code === code);
}

/** Every remark of a resource, one below the other. */
export function joinNotes(notes: readonly { readonly text?: string | undefined }[]): string {
  return notes.flatMap((note) => note.text ?? []).join('\n');
}
