import type { Concept } from './readable.js';

/** Dutch words for the codes of one status element, and what to warn of. */
export type StatusWords = Readonly<Record<string, { readonly label: string; readonly warning?: string }>>;

export interface PrintedStatus {
  readonly label: string;
  readonly warnings: readonly string[];
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
