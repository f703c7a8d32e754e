const dutch = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})[ T](\d{1,2})[:.](\d{2})(?:[:.]\d{2})?$/;
const iso = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{1,2}):(\d{2})(?::\d{2})?$/;

interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/**
 * A moment as people in the Netherlands write it: `22-11-2026 18:00`, or `2026-11-22 18:00`, on the clock of
 * Europe/Amsterdam. In the hour that comes twice when summer time ends it is the first. Undefined when it is no moment:
 * another form, 31 April, or an hour that is skipped.
 */
export function readMoment(text: string): Date | undefined {
  const wall = readWallClock(text.trim());
  if (wall === undefined) return undefined;
  // The clock in the Netherlands is one or two hours ahead; the earlier moment comes with the greater lead.
  return [2, 1].map((hours) => new Date(Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute) - hours * 3_600_000)).find((moment) => shows(moment, wall));
}

function readWallClock(text: string): WallClock | undefined {
  const [, day, month, year, hour, minute] = dutch.exec(text) ?? inDutchOrder(iso.exec(text));
  if (day === undefined || month === undefined || year === undefined || hour === undefined || minute === undefined) return undefined;
  return { year: Number(year), month: Number(month), day: Number(day), hour: Number(hour), minute: Number(minute) };
}

function inDutchOrder(found: RegExpExecArray | null): readonly (string | undefined)[] {
  const [, year, month, day, hour, minute] = found ?? [];
  return [undefined, day, month, year, hour, minute];
}

const amsterdam = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Amsterdam', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });

function shows(moment: Date, wall: WallClock): boolean {
  const shown = new Map(amsterdam.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  return (['year', 'month', 'day', 'hour', 'minute'] as const).every((part) => shown.get(part) === wall[part]);
}
