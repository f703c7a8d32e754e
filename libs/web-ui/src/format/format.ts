const zone = { timeZone: 'Europe/Amsterdam' } as const;
const instant = new Intl.DateTimeFormat('nl-NL', { ...zone, day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const instantWithYear = new Intl.DateTimeFormat('nl-NL', { ...zone, day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const time = new Intl.DateTimeFormat('nl-NL', { ...zone, hour: '2-digit', minute: '2-digit' });
const dateOnly = new Intl.DateTimeFormat('nl-NL', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
const day = new Intl.DateTimeFormat('en-CA', zone);
const year = new Intl.DateTimeFormat('en-CA', { ...zone, year: 'numeric' });

type Moment = Date | string;

/** `vandaag 02:14`, `gisteren 23:50`, `3 mrt 02:14`, with the year when it is another one. */
export function formatInstant(moment: Moment, now: Date = new Date()): string {
  const at = new Date(moment);
  const days = Math.round((Date.parse(day.format(at)) - Date.parse(day.format(now))) / DAY);
  const near = { [-1]: 'gisteren', 0: 'vandaag', 1: 'morgen' }[days];
  if (near !== undefined) return `${near} ${time.format(at)}`;
  return (year.format(at) === year.format(now) ? instant : instantWithYear).format(at).replace(',', '');
}

/** `vandaag 23:30 tot morgen 00:30`; a day that stays the same is said once: `vandaag 22:00 tot 23:00`. */
export function formatPeriod({ from, until }: { readonly from: Moment; readonly until: Moment }, now: Date = new Date()): string {
  const isOneDay = day.format(new Date(from)) === day.format(new Date(until));
  return `${formatInstant(from, now)} tot ${isOneDay ? formatTime(until) : formatInstant(until, now)}`;
}

/** `02:14`. */
export function formatTime(moment: Moment): string {
  return time.format(new Date(moment));
}

/** A calendar date as `1941-03-12`, or the day of a moment: `12 maart 1941`. */
export function formatDate(date: Moment): string {
  const text = typeof date === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : day.format(new Date(date));
  return dateOnly.format(new Date(`${text}T00:00:00Z`));
}

/** Whole years of age at a day, from a birth date as `1941-03-12`: `84 jaar`. */
export function formatAge(birthDate: string, now: Date = new Date()): string {
  const [years, months, days] = birthDate.split('-').map(Number) as [number, number, number];
  const [nowYear, nowMonth, nowDay] = day.format(now).split('-').map(Number) as [number, number, number];
  const hadBirthday = nowMonth > months || (nowMonth === months && nowDay >= days);
  return `${nowYear - years - (hadBirthday ? 0 : 1)} jaar`;
}

/** How long, in words that fit a card: `2 dagen`, `1 uur 12 min`, `14 min`, `0:45`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 120) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} uur` : `${hours} uur ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} dagen`;
}

/** How long ago: `zojuist`, `4 min geleden`. */
export function formatAgo(moment: Moment, now: Date = new Date()): string {
  const passed = now.getTime() - new Date(moment).getTime();
  if (passed < 60_000) return 'zojuist';
  return passed < 120_000 ? '1 min geleden' : `${formatDuration(passed)} geleden`;
}

const DAY = 86_400_000;
