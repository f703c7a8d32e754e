import { type PdfFonts, type PdfWeight, splitByFont } from './pdf-fonts.js';

export interface TextStyle {
  readonly weight: PdfWeight;
  /** In points, as all measures here. */
  readonly size: number;
}

/** What writes text in a document. PDFKit breaks lines within one font; here a line, even a word, may need several. */
export interface PdfWriter {
  /** In lines between the margins, on a next page when this one is full; leaves the document below it. */
  writeParagraph(text: string, style: TextStyle): void;
  /** One line, in the middle. */
  writeCentred(text: string, y: number, style: TextStyle): void;
}

export function createPdfWriter(doc: PDFKit.PDFDocument, fonts: PdfFonts): PdfWriter {
  // A part of the font is in the file only once a letter of it is used. PDFKit takes a font that is read already; its types do not say so.
  for (const { name, font } of Object.values(fonts).flat()) doc.registerFont(name, font as unknown as Uint8Array);

  const glyphs = { 400: fonts[400].map(({ font }) => font), 700: fonts[700].map(({ font }) => font) };
  const use = (font: number, { weight, size }: TextStyle) => doc.font(fonts[weight][font]!.name).fontSize(size);

  // The rows of a log are made of the same words.
  const widths = new Map<string, number>();
  function widthOf(text: string, style: TextStyle): number {
    const key = `${style.weight} ${style.size} ${text}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    const width = splitByFont(text, glyphs[style.weight]).reduce((sum, run) => sum + use(run.font, style).widthOfString(run.text), 0);
    widths.set(key, width);
    return width;
  }

  function writeLine(line: string, from: number, y: number, style: TextStyle): void {
    let x = from;
    for (const { text, font } of splitByFont(line, glyphs[style.weight])) {
      use(font, style).text(text, x, y, { lineBreak: false });
      // PDFKit stands behind what it wrote.
      x = doc.x;
    }
  }

  return {
    writeParagraph: (text, style) => {
      const { left, right } = doc.page.margins;
      for (const line of breakLines(text, doc.page.width - left - right, (piece) => widthOf(piece, style))) {
        // The parts of a font stand on one line and are equally high.
        const height = use(0, style).currentLineHeight(true);
        if (doc.y + height > doc.page.maxY()) doc.continueOnNewPage();
        const y = doc.y;
        writeLine(line, left, y, style);
        doc.x = left;
        doc.y = y + height;
      }
    },
    writeCentred: (text, y, style) => writeLine(text, (doc.page.width - widthOf(text, style)) / 2, y, style),
  };
}

/**
 * The lines of a text, broken after a space; a word longer than a line is broken between its letters. Spaces stay at the end of
 * their line, where they show nothing and keep words apart for who copies the text.
 */
export function breakLines(text: string, width: number, widthOf: (piece: string) => number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let filled = 0;
  for (const word of text.match(/\S+\s*|\s+/gu) ?? []) {
    const needed = widthOf(word.trimEnd());
    if (line !== '' && filled + needed > width) {
      lines.push(line);
      [line, filled] = ['', 0];
    }
    const parts = needed > width ? breakWord(word, width, widthOf) : [word];
    lines.push(...parts.slice(0, -1));
    line += parts.at(-1)!;
    filled += widthOf(parts.at(-1)!);
  }
  return line === '' ? lines : [...lines, line];
}

function breakWord(word: string, width: number, widthOf: (piece: string) => number): readonly string[] {
  const parts: string[] = [];
  for (const { segment } of new Intl.Segmenter('nl', { granularity: 'grapheme' }).segment(word)) {
    const last = parts.at(-1);
    if (last !== undefined && widthOf((last + segment).trimEnd()) <= width) parts[parts.length - 1] = last + segment;
    else parts.push(segment);
  }
  return parts;
}
