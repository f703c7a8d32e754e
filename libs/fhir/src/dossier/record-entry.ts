import type { FhirResource } from '../fhir-resource.js';
import { modifierWarnings, unknownModifiers } from './modifier-warnings.js';
import { type DossierEntry, type DossierValue, printDutchTime } from './observation-entry.js';
import { type Concept } from './record-elements.js';

/** Dutch words for the codes of one status element, and what to warn of. */
export type StatusWords = Readonly<Record<string, { readonly label: string; readonly warning?: string }>>;

export interface PrintedStatus {
  readonly label: string;
  readonly warnings: readonly string[];
}

/** What a line tells, before that which every line has. A value that is `undefined` is not said by the source. */
export interface RecordContent {
  readonly label: string;
  readonly values: readonly { readonly label: string; readonly value: string | undefined }[];
  readonly note?: string | undefined;
  /** ISO 8601, as the source gave it. */
  readonly at?: string | undefined;
  readonly author?: string | undefined;
  readonly status: PrintedStatus;
  readonly warnings: readonly string[];
  /** Modifier extensions whose meaning the line shows. */
  readonly knownModifiers?: readonly string[];
}

/** A line of the dossier that is no measurement; an unknown modifier stands in it as the source gave it. */
export function recordEntry(resource: FhirResource, source: string, content: RecordContent): DossierEntry {
  const { label, note, at, author, status, knownModifiers } = content;
  return {
    ...(resource.id === undefined ? {} : { reference: `${resource.resourceType}/${resource.id}` }),
    label,
    values: [...content.values.flatMap(presentValue), ...unknownModifiers(resource, knownModifiers ?? []).map(rawModifier)],
    ...(note === undefined || note === '' ? {} : { note }),
    ...(at === undefined ? {} : { at }),
    when: at === undefined ? 'tijdstip onbekend' : printDutchTime(at),
    author: author ?? 'auteur onbekend',
    source,
    status: status.label,
    warnings: [...new Set([...status.warnings, ...modifierWarnings(resource, knownModifiers), ...content.warnings])],
  };
}

export const ENTERED_IN_ERROR = { label: 'foutief ingevoerd', warning: 'Foutief ingevoerd; niet gebruiken.' } as const;

/** A status that we do not know stands as it is, with a warning. */
export function printStatus(status: string | undefined, words: StatusWords): PrintedStatus {
  if (status === undefined) return { label: 'status ontbreekt', warnings: ['Onbekende status: ontbreekt.'] };
  const known = Object.hasOwn(words, status) ? words[status] : undefined;
  if (known === undefined) return { label: status, warnings: [`Onbekende status: ${status}.`] };
  return { label: known.label, warnings: known.warning === undefined ? [] : [known.warning] };
}

/** A status that is a concept: the code of the named system counts, a code of another system is one that we do not know. */
export function printCodedStatus(concept: Concept | undefined, system: string, words: StatusWords): PrintedStatus {
  const codes = concept?.coding ?? [];
  const code = codes.find((coding) => coding.system === system)?.code;
  if (code !== undefined) return printStatus(code, words);
  const other = concept?.text ?? codes.map(({ display, code: bare }) => display ?? bare).find((each) => each !== undefined);
  return other === undefined ? printStatus(undefined, words) : { label: other, warnings: [`Onbekende status: ${other}.`] };
}

function presentValue({ label, value }: RecordContent['values'][number]): readonly DossierValue[] {
  return value === undefined || value === '' ? [] : [{ label, value }];
}

function rawModifier(modifier: unknown): DossierValue {
  return { label: 'Onbekende aanvulling', value: JSON.stringify(modifier) };
}
