import type { Period, Urgency } from '@anw/api-contracts';
import { toInstant, toLocalTime } from '@anw/web-ui';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A time that has just passed is meant as it is, and not for tomorrow. */
const LOOK_BACK = 6 * HOUR;
/** How long a window the form begins with, in hours; whoever fills it in decides. */
const firstHours: Readonly<Record<Urgency, number>> = { urgent: 1, soon: 2, routine: 4 };

/** Times as the form begins with them: from now, within her shift. */
export function firstWindow(now: Date, urgency: Urgency, shiftUntil: Date): { readonly from: string; readonly until: string } {
  const until = Math.min(now.getTime() + firstHours[urgency] * HOUR, shiftUntil.getTime());
  return { from: writeTime(now), until: writeTime(new Date(until)) };
}

/**
 * The moments that two times of this night stand for: `from` the nearest such time that is not more than six hours
 * ago, `until` the first after it. Answers nothing when one of them is no time.
 */
export function windowOf(typed: { readonly from: string; readonly until: string }, now: Date): Period | undefined {
  const [fromTime, untilTime] = [parseTime(typed.from), parseTime(typed.until)];
  if (fromTime === undefined || untilTime === undefined) return undefined;
  const from = firstAfter(fromTime, new Date(now.getTime() - LOOK_BACK));
  const until = firstAfter(untilTime, new Date(from.getTime() + MINUTE));
  return { from: from.toISOString(), until: until.toISOString() };
}

/** `7:05`, `07.05`, `0705` or `7` → `07:05` (or `07:00`); nothing for what is no time of day. */
export function parseTime(typed: string): string | undefined {
  const found = /^(\d{1,2})(?:[:.](\d{2})|(\d{2}))?(?: ?uur)?$/.exec(typed.trim());
  if (found === null) return undefined;
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? found[3] ?? 0)];
  return hours < 24 && minutes < 60 ? `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}` : undefined;
}

/** Time of day on a Dutch clock. */
export function writeTime(moment: Date): string {
  return toLocalTime(moment).slice(11, 16);
}

function firstAfter(time: string, earliest: Date): Date {
  for (let day = 0; ; day += 1) {
    const date = toLocalTime(new Date(earliest.getTime() + day * 24 * HOUR)).slice(0, 10);
    const moment = toInstant(`${date}T${time}`);
    if (moment !== undefined && Date.parse(moment) >= earliest.getTime()) return new Date(moment);
  }
}
