import { z } from 'zod';
import { Instant } from '../instant.js';

/** At most as long as this, and this many lines. */
export const ROSTER_MAX_CHARACTERS = 200_000;
export const ROSTER_MAX_LINES = 2_000;

/**
 * `POST /api/shifts/import`, the text of a CSV file. `preview` changes nothing; `import` takes all lines or, when one is
 * bad, none; `import-good` takes the good ones.
 */
export const RosterImportInput = z.strictObject({ mode: z.enum(['preview', 'import', 'import-good']), csv: z.string().min(1).max(ROSTER_MAX_CHARACTERS) });
export type RosterImportInput = z.infer<typeof RosterImportInput>;

/** What is wrong with one line: its number in the file (the heading is 1), the column, and why in Dutch. */
export const RosterFault = z.strictObject({ line: z.int().min(1), column: z.string().optional(), message: z.string() });
export type RosterFault = z.infer<typeof RosterFault>;

export const RosterLine = z.strictObject({
  line: z.int().min(1),
  actor: z.string(),
  practitioner: z.string(),
  name: z.string(),
  roleName: z.string(),
  from: Instant,
  until: Instant,
  district: z.string().optional(),
  /** What importing does with it. */
  change: z.enum(['new', 'changed', 'unchanged']),
});
export type RosterLine = z.infer<typeof RosterLine>;

/** `applied`: whether the lines are in the planning now. */
export const RosterImportReport = z.strictObject({
  applied: z.boolean(),
  lines: z.array(RosterLine),
  faults: z.array(RosterFault),
  counts: z.strictObject({ new: z.int(), changed: z.int(), unchanged: z.int(), bad: z.int() }),
});
export type RosterImportReport = z.infer<typeof RosterImportReport>;

/** Headings of the file, in any order; `wijk` and `postcode` may be missing. */
export const rosterColumns = ['organisatie', 'personeelsnummer', 'naam', 'functie', 'begin', 'einde', 'wijk', 'postcode'] as const;
