import type { Period, Quantity } from './readable.js';
import { printAmount } from './print-quantity.js';

const timeZone = 'Europe/Amsterdam';
const dutchDay = new Intl.DateTimeFormat('nl-NL', { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric', timeZone });
const dutchTime = new Intl.DateTimeFormat('nl-NL', { hour: '2-digit', minute: '2-digit', timeZone });

const DURATION = 'http://nictiz.nl/fhir/StructureDefinition/ext-TimeInterval.Duration';

/** Date and time for a Dutch reader, in Dutch time; a date without a time stays a date, what is no date stays as it is. */
export function printDutchTime(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime()) || !/^\d{4}-\d{2}-\d{2}/.test(at)) return at;
  return at.includes('T') ? `${dutchDay.format(date)}, ${dutchTime.format(date)}` : dutchDay.format(date);
}

/** `vanaf za 13 juni 2026 tot en met ma 15 juni 2026`, with the duration where MP9 gives one; `undefined` when nothing is known. */
export function printPeriod(period: Period | undefined): string | undefined {
  const duration = period?.extension?.find(({ url }) => url === DURATION)?.valueDuration;
  const parts = [
    period?.start === undefined ? [] : [`vanaf ${printDutchTime(period.start)}`],
    period?.end === undefined ? [] : [`tot en met ${printDutchTime(period.end)}`],
    duration === undefined ? [] : [printDuration(duration)],
  ].flat();
  return parts.length === 0 ? undefined : parts.join(' ');
}

/** Whether a period is over; one whose end cannot be read is not known to be. A day lasts until its end. */
export function isOver(period: Period | undefined, now: Date): boolean {
  const end = period?.end;
  if (end === undefined) return false;
  const last = Date.parse(end.includes('T') ? end : `${end}T23:59:59+01:00`);
  return !Number.isNaN(last) && last < now.getTime();
}

function printDuration(duration: Quantity): string {
  return `gedurende ${printAmount(duration)}`;
}
