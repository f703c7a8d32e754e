import type { EntryKind } from '../../entry-forms/entry-kinds.js';
import type { FormValues } from '../../offline/index.js';

/** The name of an input for a path: `product` and `product.name` are both asked, which a nested form cannot hold. */
export function inputName(path: string): string {
  return path.replaceAll('.', '__');
}

/** Members that ride along with the product that she chose, and have no input of their own. */
const hidden = ['agreement'];

export function toInputs(kind: EntryKind, form: FormValues): Record<string, string> {
  return Object.fromEntries([...kind.fields.map(({ name }) => name), ...hidden].map((name) => [inputName(name), form[name] ?? '']));
}

/** A number that the input has read already is text again, with a comma. */
export function fromInputs(kind: EntryKind, values: Readonly<Record<string, unknown>>): FormValues {
  return Object.fromEntries([...kind.fields.map(({ name }) => name), ...hidden].map((name) => [name, print(values[inputName(name)])]));
}

function print(value: unknown): string {
  if (typeof value === 'number') return String(value).replace('.', ',');
  return typeof value === 'string' ? value : '';
}
