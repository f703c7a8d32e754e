import { type AuditEvent, type NameOfOrganisation, tellEvent } from '@anw/audit';
import { printDutchInstant } from '@anw/values';
import { readPdfFonts } from './pdf-fonts.js';
import { createPdfWriter, type PdfWriter, type TextStyle } from './pdf-text.js';

export interface LogPdfFacts {
  /** Whose log it is. */
  readonly organisation: string;
  readonly at: Date;
  readonly by: string;
  /** What was asked, a line each: `Cliënt: …`, `Van: …`. */
  readonly selection: readonly string[];
  /** Whether the log is as it was written. */
  readonly chain: string;
  readonly nameOf: NameOfOrganisation;
}

/** Rows that one PDF holds: more is nothing to read on paper. */
export const PDF_LIMIT = 2_000;

const MARGIN = 56;
const FOOTER = 28;

const title = { weight: 700, size: 18 } as const satisfies TextStyle;
const heading = { weight: 700, size: 13 } as const satisfies TextStyle;
const body = { weight: 400, size: 10 } as const satisfies TextStyle;
const small = { weight: 400, size: 8 } as const satisfies TextStyle;

/**
 * A selection of the log to hand over on paper: A4, tagged so that a screen reader finds headings and list items, with page
 * numbers, in the font of the pages: the letters in which names of Europe and Vietnam are written.
 */
export async function createLogPdf(events: readonly AuditEvent[], facts: LogPdfFacts): Promise<Uint8Array> {
  // Large, and needed at few moments: it is read when the first one is printed.
  const [{ default: PDFDocument }, fonts] = await Promise.all([import('pdfkit'), readPdfFonts()]);
  const name = `Logboek van ${facts.organisation}`;
  const doc = new PDFDocument({ size: 'A4', margin: MARGIN, bufferPages: true, tagged: true, pdfVersion: '1.7', lang: 'nl-NL', displayTitle: true, info: { Title: name, CreationDate: facts.at } });
  const finished = collect(doc);
  const writer = createPdfWriter(doc, fonts);
  const root = doc.struct('Document');
  doc.addStructure(root);
  const write = (tag: string, style: TextStyle, text: string, gap = 6) => {
    root.add(doc.struct(tag, {}, () => writer.writeParagraph(text, style)));
    doc.y += gap;
  };
  write('H1', title, name);
  for (const line of [`Gemaakt op ${printDutchInstant(facts.at)} door ${facts.by}`, ...facts.selection, `Aantal regels: ${events.length}`]) write('P', body, line, 2);
  doc.y += 10;
  write('H2', heading, 'Is dit logboek ongewijzigd?');
  write('P', body, facts.chain, 12);
  write('H2', heading, 'Regels, nieuwste eerst');
  if (events.length === 0) write('P', body, 'Er zijn geen regels die hieraan voldoen.');
  for (const event of events) {
    write('P', body, tellEvent(event, facts), 1);
    if (event.reference !== undefined) write('P', small, `Kenmerk: ${event.reference}`, 7);
    else doc.moveDown(0.4);
  }
  root.end();
  numberPages(doc, writer);
  doc.end();
  return finished;
}

/** Page numbers are for the eye: a screen reader knows where it is. */
function numberPages(doc: PDFKit.PDFDocument, writer: PdfWriter): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page);
    doc.markContent('Artifact', { type: 'Pagination' });
    writer.writeCentred(`Pagina ${page + 1} van ${count}`, doc.page.height - MARGIN + FOOTER - small.size, small);
    doc.endMarkedContent();
  }
}

function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => void chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}
