/**
 * Reads a birth date as a triagist types it while listening: `3-2-1941`, `03/02/1941`, `3 2 41`, `03021941`, `030241`,
 * or pastes it: `1941-02-03`. Two digits of a year mean the last such year that is not in the future. Answers `YYYY-MM-DD`, or nothing for what is
 * no date or is still to come.
 */
export function parseBirthDate(typed: string, now: Date): string | undefined {
  const parts = partsOf(typed.trim());
  if (parts === undefined) return undefined;
  const [day, month] = [Number(parts[0]), Number(parts[1])];
  const year = yearOf(parts[2], now);
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && year >= EARLIEST_YEAR && date <= now ? date.toISOString().slice(0, 10) : undefined;
}

/** `1941-02-03` as people write it: `3-2-1941`. */
export function writeBirthDate(iso: string): string {
  const [year, month, day] = iso.split('-').map(Number);
  return `${day}-${month}-${year}`;
}

const EARLIEST_YEAR = 1890;

function partsOf(typed: string): readonly [day: string, month: string, year: string] | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed);
  if (iso !== null) return [iso[3] ?? '', iso[2] ?? '', iso[1] ?? ''];
  const found = /^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{2}|\d{4})$/.exec(typed) ?? /^(\d{2})(\d{2})(\d{2}|\d{4})$/.exec(typed);
  return found === null ? undefined : [found[1] ?? '', found[2] ?? '', found[3] ?? ''];
}

function yearOf(digits: string, now: Date): number {
  if (digits.length === 4) return Number(digits);
  const inThisCentury = 2000 + Number(digits);
  return inThisCentury > now.getFullYear() ? inThisCentury - 100 : inThisCentury;
}
