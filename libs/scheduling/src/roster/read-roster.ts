import { type Did, EmployeeIdentifier } from '@anw/values';
import { createHash } from 'node:crypto';
import { type Shift, shiftFault } from '../shift.js';
import { readMoment } from './read-moment.js';

/** Headings of a duty roster; `wijk` and `postcode` may be missing. */
export const rosterColumns = ['organisatie', 'personeelsnummer', 'naam', 'functie', 'begin', 'einde', 'wijk', 'postcode'] as const;
export type RosterColumn = (typeof rosterColumns)[number];
const optionalColumns: readonly RosterColumn[] = ['wijk', 'postcode'];

/** One line of the file as it was read: by heading, with its number in the file. */
export interface RosterRecord {
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
}

/** Why a line, or the heading, cannot be taken over; in Dutch, for who made the file. */
export interface RosterFault {
  readonly line: number;
  readonly column?: string;
  readonly message: string;
}

export interface RosterLine {
  readonly line: number;
  readonly actorName: string;
  readonly shift: Shift;
}

export interface ReadRoster {
  readonly lines: readonly RosterLine[];
  readonly faults: readonly RosterFault[];
}

export interface RosterContext {
  /** Organisations that may be named, by name or DID. */
  readonly actors: readonly { readonly did: Did; readonly name: string }[];
  /** A shift that is over at this moment is no use. */
  readonly now: Date;
}

/** What is wrong with the headings themselves: then no line can be read. */
export function headingFaults(headings: readonly string[]): readonly RosterFault[] {
  const missing = rosterColumns.filter((column) => !optionalColumns.includes(column) && !headings.includes(column));
  const unknown = headings.filter((heading) => !(rosterColumns as readonly string[]).includes(heading));
  const twice = headings.filter((heading, index) => headings.indexOf(heading) !== index);
  return [
    ...missing.map((column) => ({ line: 1, column, message: `De kolom "${column}" ontbreekt. Nodig zijn: ${rosterColumns.filter((one) => !optionalColumns.includes(one)).join(', ')}.` })),
    ...unknown.map((column) => ({ line: 1, column: column.slice(0, 60), message: 'Deze kolom is niet bekend. Haal hem weg of geef hem een bekende naam.' })),
    ...twice.map((column) => ({ line: 1, column: column.slice(0, 60), message: 'Deze kolom staat er twee keer.' })),
  ];
}

/** Judges every line by itself and beside the others; each bad one says what is wrong with it, and the good ones stand. */
export function readRoster(records: readonly RosterRecord[], context: RosterContext): ReadRoster {
  const read = records.map((record) => readLine(record, context));
  const lines: RosterLine[] = [];
  const faults: RosterFault[] = [];
  const seen = new Map<string, number>();
  for (const outcome of read) {
    if ('faults' in outcome) {
      faults.push(...outcome.faults);
      continue;
    }
    const earlier = seen.get(outcome.shift.id);
    if (earlier !== undefined) {
      faults.push({ line: outcome.line, column: 'begin', message: `Deze dienst staat al op regel ${earlier}: dezelfde organisatie, personeelsnummer en begintijd.` });
      continue;
    }
    const overlap = lines.find((line) => line.shift.practitioner.identifier === outcome.shift.practitioner.identifier && line.shift.actor === outcome.shift.actor && overlaps(line.shift, outcome.shift));
    if (overlap !== undefined) {
      faults.push({ line: outcome.line, column: 'begin', message: `Deze dienst overlapt met de dienst op regel ${overlap.line} van dezelfde zorgverlener.` });
      continue;
    }
    seen.set(outcome.shift.id, outcome.line);
    lines.push(outcome);
  }
  return { lines, faults };
}

/** The same organisation, practitioner and begin are the same shift, however often it is imported. */
export function rosterShiftId(actor: Did, practitioner: string, from: Date): string {
  const hash = createHash('sha256').update(`${actor}\n${practitioner}\n${from.toISOString()}`, 'utf8').digest('hex');
  // A name-based uuid of our own making (RFC 9562 version 8).
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

type LineOutcome = RosterLine | { readonly faults: readonly RosterFault[] };

function readLine({ line, values }: RosterRecord, { actors, now }: RosterContext): LineOutcome {
  const faults: RosterFault[] = [];
  const fault = (column: RosterColumn, message: string) => void faults.push({ line, column, message });
  const text = (column: RosterColumn, longest: number): string => {
    const value = (values[column] ?? '').trim();
    if (value === '' && !optionalColumns.includes(column)) fault(column, 'Dit veld is leeg.');
    else if (value.length > longest) fault(column, `Dit veld is te lang: hoogstens ${longest} tekens.`);
    else if (/[\u0000-\u001f\u007f]/.test(value)) fault(column, 'Dit veld bevat tekens die niet leesbaar zijn.');
    return value;
  };
  const organisation = text('organisatie', 512);
  const actor = organisation === '' ? undefined : actors.find(({ did, name }) => did === organisation || name.localeCompare(organisation, 'nl', { sensitivity: 'base' }) === 0);
  if (organisation !== '' && actor === undefined) fault('organisatie', 'Deze organisatie is niet bekend bij deze regisseur. Gebruik de naam zoals die op de pagina Dienst staat.');
  const number = text('personeelsnummer', 100);
  const practitioner = EmployeeIdentifier.safeParse(number);
  if (number !== '' && !practitioner.success) fault('personeelsnummer', 'Dit personeelsnummer kan niet: gebruik letters, cijfers en streepjes.');
  const [name, roleName] = [text('naam', 200), text('functie', 100)];
  const moment = (column: 'begin' | 'einde'): Date | undefined => {
    const value = text(column, 40);
    const read = readMoment(value);
    if (value !== '' && read === undefined) fault(column, 'Dit is geen datum met tijd. Schrijf bijvoorbeeld 22-11-2026 18:00.');
    return read;
  };
  const [from, until] = [moment('begin'), moment('einde')];
  const [district, postcode] = [text('wijk', 100), text('postcode', 10)];
  const startArea = /^([1-9]\d{3})(?:\s?[A-Za-z]{2})?$/.exec(postcode)?.[1];
  if (postcode !== '' && startArea === undefined) fault('postcode', 'Dit is geen postcode. Schrijf vier cijfers, bijvoorbeeld 7311.');
  if (from !== undefined && until !== undefined) {
    const wrong = shiftFault({ from, until });
    if (wrong === 'ends-before-it-begins') fault('einde', 'De eindtijd ligt niet na de begintijd.');
    else if (wrong === 'longer-than-a-day') fault('einde', 'Een dienst duurt hoogstens 24 uur.');
    else if (until <= now) fault('einde', 'Deze dienst is al voorbij.');
  }
  if (faults.length > 0 || actor === undefined || !practitioner.success || from === undefined || until === undefined) return { faults };
  return {
    line,
    actorName: actor.name,
    shift: {
      id: rosterShiftId(actor.did, practitioner.data, from),
      practitioner: { identifier: practitioner.data, name, roleName },
      actor: actor.did,
      period: { from, until },
      ...(district !== '' && { district }),
      ...(startArea !== undefined && { startArea }),
    },
  };
}

function overlaps(a: Shift, b: Shift): boolean {
  return a.period.from < b.period.until && b.period.from < a.period.until;
}
