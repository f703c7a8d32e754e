import { type LoggedRow, type RowForm, type SealedFact, sealedFacts } from '@anw/audit';

/** What `toLoggedRow` reads: every sealed fact under its own name, moments as UTC text in microseconds. */
export const LOGGED_ROW_COLUMNS = ['sequence', 'form', ...sealedFacts.map((fact) => `${expressionOf(fact)} AS "${fact}"`)].join(', ');

export type LoggedRowColumns = { readonly sequence: string; readonly form: RowForm } & { readonly [Fact in SealedFact]: string | readonly string[] | null };

export function toLoggedRow({ sequence, form, ...facts }: LoggedRowColumns): LoggedRow {
  return { sequence: Number(sequence), form, facts };
}

function expressionOf(fact: SealedFact): string {
  if (fact === 'at' || fact === 'recordedAt') return `to_char(${columnOf(fact)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  return columnOf(fact);
}

function columnOf(fact: SealedFact): string {
  return fact === 'authorization' ? 'authorization_id' : fact.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
