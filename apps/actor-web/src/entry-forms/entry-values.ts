import { type MeasuredField, measuredFields, WriteInput } from '@anw/api-contracts';
import { readNumber, toInstant, toLocalTime } from '@anw/web-ui';
import type { FormValues } from '../offline/kept-draft.js';
import type { EntryField, EntryKind } from './entry-kinds.js';

/** What stands in the fields becomes the input of a write, or says field by field what it lacks. */
export type ReadEntry = { readonly ok: true; readonly write: WriteInput } | { readonly ok: false; readonly faults: Readonly<Record<string, string>> };

/** Product, route and what came with them, chosen as one. */
const OTHER = 'other';
const composed = new Set(['product', 'route']);

/** An empty form: moments are now. */
export function emptyForm({ fields }: EntryKind, now: Date): FormValues {
  return Object.fromEntries(fields.map(({ name, type }) => [name, type === 'moment' ? toLocalTime(now) : '']));
}

/** What she is asked about, given what she answered. */
export function askedFields({ fields }: EntryKind, form: FormValues): readonly EntryField[] {
  return fields.filter(({ when }) => when === undefined || form[when.field] === when.is);
}

export function readEntry(kind: EntryKind, form: FormValues): ReadEntry {
  const asked = askedFields(kind, form);
  const missing = asked.filter(({ name, required }) => required === true && (form[name] ?? '').trim() === '');
  if (missing.length > 0) return { ok: false, faults: Object.fromEntries(missing.map(({ name, label }) => [name, `Vul in: ${label.toLowerCase().replace(/\?$/, '')}`])) };
  const input: Record<string, unknown> = { ...kind.fixed };
  const faults: Record<string, string> = {};
  for (const field of asked) {
    const value = readField(field, form[field.name] ?? '');
    if (value === undefined) continue;
    if (value instanceof Error) faults[field.name] = value.message;
    else setAt(input, field.name, value);
  }
  if (kind.namesAgreement === true && (form['agreement'] ?? '') !== '' && form['product'] !== OTHER) input['agreement'] = form['agreement'];
  if (Object.keys(faults).length > 0) return { ok: false, faults };
  const parsed = WriteInput.safeParse({ kind: kind.kind, input });
  if (parsed.success) return { ok: true, write: parsed.data };
  return { ok: false, faults: Object.fromEntries(parsed.error.issues.map(({ path }) => [fieldFor(asked, path.slice(1).join('.')), 'Dit klopt nog niet, of het is niet volledig.'])) };
}

/** What stands in the record of an entry, as it stands in the fields. */
export function formOf(kind: EntryKind, input: unknown): FormValues {
  const form: Record<string, string> = {};
  for (const { name, type } of kind.fields) form[name] = printField(type, valueAt(input, name));
  const product = valueAt(input, 'product');
  if (typeof product === 'object' && product !== null && 'list' in product) Object.assign(form, { product: OTHER });
  const agreement = valueAt(input, 'agreement');
  return typeof agreement === 'string' ? { ...form, agreement } : form;
}

/** The field of the form that a member of the input stands in; the first one when there is none. */
export function fieldFor(asked: readonly EntryField[], member: string): string {
  const found = asked.find(({ name }) => name === member) ?? asked.find(({ name }) => name.startsWith(`${member}.`) || member.startsWith(`${name}.`));
  return found?.name ?? asked[0]?.name ?? '';
}

/** A number that she is asked about, or that cannot be. */
export interface Doubt {
  readonly field: string;
  readonly message: string;
  readonly severity: 'impossible' | 'unusual';
}

/** What the bounds of the contract say of the numbers, so that she is asked at the bedside without a connection too; the server judges them all again. */
export function doubtsAbout({ kind, fields }: EntryKind, form: FormValues): readonly Doubt[] {
  const bounds: Readonly<Record<string, MeasuredField>> = kind in measuredFields ? measuredFields[kind as keyof typeof measuredFields] : {};
  return fields.flatMap(({ name, label }): readonly Doubt[] => {
    const [bound, value] = [bounds[name], readNumber(form[name] ?? '')];
    if (bound === undefined || typeof value !== 'number') return [];
    const said = `${label} ${print(value)}${bound.unit === '' ? '' : ` ${bound.unit}`}`;
    if (!isWithin(value, bound.possible)) return [{ field: name, severity: 'impossible', message: `${said} kan niet: mogelijk is ${print(bound.possible[0])} tot ${print(bound.possible[1])}. Controleer de komma.` }];
    if (!isWithin(value, bound.usual)) return [{ field: name, severity: 'unusual', message: `${said} is ongewoon: meestal is het ${print(bound.usual[0])} tot ${print(bound.usual[1])}.` }];
    return [];
  });
}

function readField({ type, label }: EntryField, text: string): unknown {
  const value = text.trim();
  if (value === '') return undefined;
  switch (type) {
    case 'number': {
      const number = readNumber(value);
      return typeof number === 'number' ? number : new Error(`${label} is geen getal. Schrijf bijvoorbeeld 38,5.`);
    }
    case 'flag':
      return value === 'yes';
    case 'moment':
      return toInstant(value) ?? new Error('Dit tijdstip bestaat niet.');
    case 'product':
    case 'route':
      return value === OTHER ? undefined : readJson(value);
    // Kept byte for byte.
    case 'text':
      return text;
    default:
      return value;
  }
}

function printField(type: EntryField['type'], value: unknown): string {
  if (value === undefined || value === null) return '';
  if (type === 'number') return typeof value === 'number' ? print(value) : '';
  if (type === 'flag') return value === true ? 'yes' : 'no';
  if (type === 'moment') return typeof value === 'string' ? toLocalTime(value) : '';
  if (type === 'day') return String(value).slice(0, 10);
  return composed.has(type) ? JSON.stringify(value) : String(value);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return new Error('Kies dit opnieuw.');
  }
}

function setAt(input: Record<string, unknown>, path: string, value: unknown): void {
  const [first, ...rest] = path.split('.') as [string, ...string[]];
  if (rest.length === 0) {
    input[first] = value;
    return;
  }
  const inner = (input[first] ??= {}) as Record<string, unknown>;
  setAt(inner, rest.join('.'), value);
}

function valueAt(input: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined), input);
}

function isWithin(value: number, [least, most]: readonly [number, number]): boolean {
  return least <= value && value <= most;
}

/** With a decimal comma. */
function print(value: number): string {
  return String(value).replace('.', ',');
}
