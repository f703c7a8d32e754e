import { codeToken } from '../../r4/code-systems.js';
import type { Concept } from './readable.js';

/** Dutch words by `system|code`, for a source that sends bare codes. */
export type CodeWords = Readonly<Record<string, string>>;

/** The concept in words: the source's own text, a name we know, a display, else the bare code; `undefined` without any. */
export function printConcept(concept: Concept | undefined, words: CodeWords = {}): string | undefined {
  return concept === undefined ? undefined : (inWords(concept, words) ?? concept.coding.map(printCode).find((code) => code !== undefined));
}

export function printConcepts(concepts: readonly Concept[], words?: CodeWords): string | undefined {
  const printed = concepts.flatMap((concept) => printConcept(concept, words) ?? []);
  return printed.length === 0 ? undefined : printed.join(', ');
}

/** Of a code that neither the source nor we have a word for the nurse sees the bare code, and is told (spec anw-fhir-profiles §10.3). */
export function conceptWarnings(concepts: readonly Concept[], words: CodeWords = {}): readonly string[] {
  return concepts.flatMap((concept) => {
    const printed = printConcept(concept, words);
    return printed === undefined || inWords(concept, words) !== undefined ? [] : [`Onbekende code: ${printed}.`];
  });
}

function inWords({ text, coding }: Concept, words: CodeWords): string | undefined {
  if (text !== undefined) return text;
  const known = coding.map(({ system, code }) => wordFor(words, codeToken(system ?? '', code ?? ''))).find((word) => word !== undefined);
  return known ?? coding.find(({ display }) => display !== undefined)?.display;
}

function wordFor(words: CodeWords, token: string): string | undefined {
  return Object.hasOwn(words, token) ? words[token] : undefined;
}

function printCode({ system, code }: Concept['coding'][number]): string | undefined {
  if (code === undefined) return undefined;
  return system === undefined ? code : `${code} (${system})`;
}
