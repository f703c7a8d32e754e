import { ROSTER_MAX_LINES } from '@anw/api-contracts';
import type { RosterFault, RosterRecord } from '@anw/scheduling';
import { CsvError, type Info, parse } from 'csv-parse/sync';

export interface ReadCsv {
  /** Lower case, trimmed. */
  readonly headings: readonly string[];
  readonly records: readonly RosterRecord[];
  /** Lines that could not be taken apart. */
  readonly faults: readonly RosterFault[];
}

interface Row {
  readonly record: readonly string[];
  readonly info: Info;
}

/** Takes a CSV file apart: `;` or `,` between the fields, with or without byte order mark, lines ended any way; lines with nothing in them, or separators alone, do not count. */
export function readCsv(text: string): ReadCsv {
  const rows = split(text);
  if ('fault' in rows) return { headings: [], records: [], faults: [rows.fault] };
  const [heading, ...lines] = rows.rows;
  if (heading === undefined) return { headings: [], records: [], faults: [{ line: 1, message: 'Dit bestand is leeg.' }] };
  if (lines.length > ROSTER_MAX_LINES) return { headings: [], records: [], faults: [{ line: ROSTER_MAX_LINES + 2, message: `Dit bestand heeft te veel regels: hoogstens ${ROSTER_MAX_LINES}. Deel het op.` }] };
  const headings = heading.record.map((name) => name.trim().toLowerCase());
  const faults = lines.filter(({ record }) => record.length !== headings.length).map(({ record, info }) => ({ line: info.lines, message: `Deze regel heeft ${record.length} velden; de kop heeft er ${headings.length}.` }));
  const records = lines.filter(({ record }) => record.length === headings.length).map(({ record, info }) => ({ line: info.lines, values: Object.fromEntries(headings.map((name, index) => [name, record[index] ?? ''])) }));
  return { headings, records, faults };
}

type Split = { readonly rows: readonly Row[] } | { readonly fault: RosterFault };

function split(text: string): Split {
  try {
    return { rows: rowsOf(text) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { fault: faultOf(error, text) };
  }
}

/** They may differ within one file: somebody edited it on another machine. */
const lineEnds = ['\r\n', '\n', '\r'];

function rowsOf(text: string, until?: { readonly to: number }): readonly Row[] {
  const options = { bom: true, delimiter: delimiterOf(text), record_delimiter: [...lineEnds], relax_column_count: true, skip_empty_lines: true, skip_records_with_empty_values: true, info: true, max_record_size: 10_000, ...until };
  return parse(text, options) as unknown as readonly Row[];
}

function delimiterOf(text: string): ';' | ',' {
  const heading = /[^\r\n\uFEFF]+/.exec(text)?.[0] ?? '';
  return heading.includes(';') ? ';' : ',';
}

/** A quote that is never closed is found at the end of the file; people look for the line where it opens, the first that could not be read. */
function faultOf(error: CsvError, text: string): RosterFault {
  const good = typeof error['records'] === 'number' && error['records'] > 0 ? rowsOf(text, { to: error['records'] }) : [];
  const found = typeof error['lines'] === 'number' ? error['lines'] : 1;
  const line = error.code === 'CSV_QUOTE_NOT_CLOSED' ? (good.at(-1)?.info.lines ?? 0) + 1 : found;
  const column = typeof error['column'] === 'number' ? good[0]?.record[error['column']]?.trim().toLowerCase() : undefined;
  return { line, ...(column !== undefined && { column }), message: 'Dit bestand is niet te lezen als CSV: waarschijnlijk staat er op deze regel een aanhalingsteken te veel of te weinig.' };
}
