import { DraftIssue } from '@anw/api-contracts';
import { z } from 'zod';

/** What a nurse typed, as it stands in the fields of the form: by the path of the input, always text. */
export const FormValues = z.record(z.string(), z.string());
export type FormValues = z.infer<typeof FormValues>;

/** An entry of hers that this device keeps until the server has it. */
export const KeptDraft = z.object({
  /** uuid that this page made; the server knows the entry by it. */
  id: z.uuid(),
  /** uuid of the authorization. */
  visit: z.uuid(),
  /** The end of the visit when it was begun, ISO 8601; that of its key counts. */
  until: z.string(),
  kind: z.string(),
  form: FormValues,
  /** Counts what she typed, so that an answer is laid beside what it answers. */
  revision: z.number().int(),
  /** The server has exactly this. */
  isAtServer: z.boolean(),
  /** `sending`: she pressed send, and it goes as soon as it can. */
  state: z.enum(['writing', 'sending']),
  /** Unusual values that she said are right: fields, or all that is asked. */
  confirmed: z.union([z.array(z.string()), z.literal('all')]),
  /** Why it stopped: what the server asks her to confirm, or to correct. */
  stopped: z.object({ message: z.string(), reference: z.string().optional(), toConfirm: z.array(DraftIssue).optional(), fields: z.record(z.string(), z.string()).optional() }).optional(),
  /** ISO 8601. */
  savedAt: z.string(),
});
export type KeptDraft = z.infer<typeof KeptDraft>;

/** She typed: what was said of the text before is about another text. */
export function typed(draft: KeptDraft, form: FormValues, at: Date): KeptDraft {
  const { stopped: _stopped, ...rest } = draft;
  return { ...rest, form, revision: draft.revision + 1, isAtServer: false, state: 'writing', confirmed: [], savedAt: at.toISOString() };
}

/** She pressed send. */
export function toSend(draft: KeptDraft, confirmed: KeptDraft['confirmed']): KeptDraft {
  const { stopped: _stopped, ...rest } = draft;
  return { ...rest, state: 'sending', confirmed };
}

/** She takes it back before it left. */
export function backToWriting(draft: KeptDraft): KeptDraft {
  const { stopped: _stopped, ...rest } = draft;
  return { ...rest, state: 'writing' };
}

/** Three states of the same fields: as both tabs knew them last, as they stand in this one, and as the device keeps them now. */
export interface FormSides {
  readonly known: FormValues;
  readonly here: FormValues;
  readonly there: FormValues;
}

/** Two tabs at one entry take nothing from each other: a field that was changed here stays, any other is as it is there. */
export function mergeForms({ known, here, there }: FormSides): FormValues {
  const names = new Set([...Object.keys(here), ...Object.keys(there)]);
  return Object.fromEntries([...names].map((name) => [name, valueIn(here, name) === valueIn(known, name) ? valueIn(there, name) : valueIn(here, name)]));
}

export function isSameForm(one: FormValues, other: FormValues): boolean {
  return changedFields(one, other).length === 0;
}

/** Names of the fields that say something else in the two. */
export function changedFields(one: FormValues, other: FormValues): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => valueIn(one, name) !== valueIn(other, name));
}

/** A field that nobody touched is an empty one. */
function valueIn(form: FormValues, name: string): string {
  return form[name] ?? '';
}
