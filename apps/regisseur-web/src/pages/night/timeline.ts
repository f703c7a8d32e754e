import type { Period } from '@anw/api-contracts';
import { toInstant, toLocalTime } from '@anw/web-ui';

/** Where something lies along the hours, in percents of the whole. */
export interface Place {
  readonly start: number;
  readonly length: number;
}

const HOUR = 3_600_000;

/** The part of `window` that lies within `whole`; nothing when none of it does. */
export function placeOf(window: Period, whole: Period): Place | undefined {
  const [from, until] = [Date.parse(whole.from), Date.parse(whole.until)];
  const [begin, end] = [Math.max(Date.parse(window.from), from), Math.min(Date.parse(window.until), until)];
  if (begin >= end) return undefined;
  return { start: percent(begin - from, until - from), length: percent(end - begin, until - from) };
}

/** What a desk looks at most: a while ago until the end of a night's work, as far as the whole goes. */
export function aroundNow(whole: Period, now: string): Period {
  const present = Date.parse(now);
  const [from, until] = [Math.max(Date.parse(whole.from), present - 3 * HOUR), Math.min(Date.parse(whole.until), present + 9 * HOUR)];
  return from < until ? { from: new Date(from).toISOString(), until: new Date(until).toISOString() } : whole;
}

/** Whole hours on a Dutch clock, each so many hours apart. */
export function hourMarks(whole: Period, every: number): readonly { readonly at: string; readonly hour: string; readonly start: number }[] {
  const [from, until] = [Date.parse(whole.from), Date.parse(whole.until)];
  const first = Date.parse(toInstant(`${toLocalTime(whole.from).slice(0, 13)}:00`) ?? whole.from);
  const marks = [];
  for (let at = first; at < until; at += HOUR) {
    const local = toLocalTime(new Date(at));
    if (at >= from && Number(local.slice(11, 13)) % every === 0) marks.push({ at: new Date(at).toISOString(), hour: local.slice(11, 16), start: percent(at - from, until - from) });
  }
  return marks;
}

/** Puts blocks that overlap below each other: the row of each, in their order. */
export function stack(windows: readonly Period[]): readonly number[] {
  const ends: number[] = [];
  return windows.map(({ from, until }) => {
    const free = ends.findIndex((end) => end <= Date.parse(from));
    const row = free === -1 ? ends.length : free;
    ends[row] = Date.parse(until);
    return row;
  });
}

function percent(part: number, whole: number): number {
  return Math.round((part / whole) * 10_000) / 100;
}
