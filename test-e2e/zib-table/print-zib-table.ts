import { type Cell, failedCells, type ZibRow } from './zib-row.js';

const signs: Readonly<Record<Cell['state'], string>> = { held: 'yes', failed: 'NO', 'not-asked': '-' };

/** A row for each item and a column for each thing that must hold; below it, why a cell does not. */
export function printZibTable(rows: readonly ZibRow[]): string {
  const width = Math.max(...rows.map(({ dutchName }) => dutchName.length));
  const line = (cells: readonly string[]) => `${cells[0]!.padStart(2)}  ${cells[1]!.padEnd(width)}  ${cells.slice(2).map((cell) => cell.padEnd(12)).join('  ')}`.trimEnd();
  const failures = rows.flatMap((row) => failedCells(row).map(({ why }) => `${row.number} ${row.dutchName}: ${why}`));
  return [
    line(['', 'zib 2020', 'search works', 'shown', 'written back', 'refused when broken']),
    ...rows.map(({ number, dutchName, found, shown, writtenBack, refused }) => line([String(number), dutchName, ...[found, shown, writtenBack, refused].map(({ state }) => signs[state])])),
    ...(failures.length === 0 ? ['', 'Everything that chapter 4 asks holds; - is what it does not ask.'] : ['', ...failures]),
  ].join('\n');
}
