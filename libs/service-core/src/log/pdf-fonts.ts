import type { Font } from 'fontkit';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** The font of the pages comes in parts; a letter that is in more than one of them is taken from the first. */
const subsets = ['latin', 'latin-ext', 'vietnamese', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext'] as const;

const weights = [400, 700] as const;

export type PdfWeight = (typeof weights)[number];

/** The slice of a font that the choice between fonts needs. */
export type Glyphs = Pick<Font, 'hasGlyphForCodePoint'>;

/** One part of one weight of the font. */
export interface PdfFont {
  /** By which a document knows it. */
  readonly name: string;
  readonly font: Font;
}

/** Each weight in its parts, in the order in which a letter is looked up. */
export type PdfFonts = Readonly<Record<PdfWeight, readonly PdfFont[]>>;

/** For one document: a font remembers letters of the document that it was in, and would leave them out of the text of the next. */
export async function readPdfFonts(): Promise<PdfFonts> {
  // The font engine is as large as the PDF library that rests on it, and needed as seldom.
  const { create } = await import('fontkit');
  const { resolve } = createRequire(import.meta.url);
  const read = async (subset: string, weight: PdfWeight): Promise<PdfFont> => {
    const font = create(await readFile(resolve(`@fontsource/source-sans-3/files/source-sans-3-${subset}-${weight}-normal.woff`)));
    if ('fonts' in font) throw new Error(`The file of ${subset} ${weight} holds several fonts`);
    return { name: `${subset}-${weight}`, font };
  };
  const [regular, bold] = await Promise.all(weights.map((weight) => Promise.all(subsets.map((subset) => read(subset, weight)))));
  return { 400: regular!, 700: bold! };
}

/** A piece of text that is written with one font. */
export interface PdfRun {
  readonly text: string;
  /** Index in the fonts that it was split by. */
  readonly font: number;
}

/** For a letter that no font has: that something stood here is seen. */
const REPLACEMENT = { text: '?', font: 0 } as const satisfies PdfRun;

const letters = new Intl.Segmenter('nl', { granularity: 'grapheme' });
const plain = /^[\x20-\x7e]*$/;

/**
 * The text in runs, each in the first font that has all its letters: a PDF has no second font to fall back on. A letter that no
 * font has is written without its accents, and else as a question mark; so is a control character.
 */
export function splitByFont(text: string, fonts: readonly Glyphs[]): readonly PdfRun[] {
  if (plain.test(text)) return [{ text, font: 0 }];
  const runs: PdfRun[] = [];
  for (const { segment } of letters.segment(text.normalize('NFC'))) {
    const next = choose(segment, fonts) ?? choose(segment.normalize('NFKD').replaceAll(/\p{M}/gu, ''), fonts) ?? REPLACEMENT;
    const last = runs.at(-1);
    if (last?.font === next.font) runs[runs.length - 1] = { text: last.text + next.text, font: next.font };
    else runs.push(next);
  }
  return runs;
}

function choose(letter: string, fonts: readonly Glyphs[]): PdfRun | undefined {
  if (letter === '' || /\p{C}/u.test(letter)) return undefined;
  const codePoints = [...letter].map((character) => character.codePointAt(0)!);
  const font = fonts.findIndex((one) => codePoints.every((codePoint) => one.hasGlyphForCodePoint(codePoint)));
  return font === -1 ? undefined : { text: letter, font };
}
