import { formatAge, formatAgo, formatDate, formatDuration, formatInstant, formatPeriod, formatTime } from './format.js';

describe('moments on the clock of the Netherlands', () => {
  const now = new Date('2026-01-02T01:30:00Z');

  it.each([
    ['2026-01-02T01:14:00Z', 'vandaag 02:14'],
    ['2026-01-01T22:50:00Z', 'gisteren 23:50'],
    // Already the second of January here, while it is the first in Greenwich.
    ['2026-01-01T23:30:00Z', 'vandaag 00:30'],
    ['2026-01-03T06:00:00Z', 'morgen 07:00'],
    ['2025-12-30T09:05:00Z', '30 dec 2025 10:05'],
    ['2026-03-03T01:14:00Z', '3 mrt 02:14'],
  ])('%s is told as %s', (moment, told) => expect(formatInstant(moment, now)).toBe(told));

  it('follow the summer', () => expect([formatTime('2026-07-01T00:00:00Z'), formatTime('2026-01-01T00:00:00Z')]).toEqual(['02:00', '01:00']));
  it('of a birth are a calendar date, whatever the zone', () => expect([formatDate('1941-03-12'), formatDate('2026-01-01T23:30:00Z')]).toEqual(['12 maart 1941', '2 januari 2026']));
  it('of a birth give whole years, from the birthday on', () => {
    expect(['2026-03-11T22:59:00Z', '2026-03-11T23:00:00Z'].map((at) => formatAge('1941-03-12', new Date(at)))).toEqual(['84 jaar', '85 jaar']);
  });
});

describe('a stretch of time', () => {
  const now = new Date('2026-11-22T21:00:00Z');
  const at = (from: string, until: string) => formatPeriod({ from, until }, now);

  it('names a day that stays the same once', () => expect(at('2026-11-22T21:00:00Z', '2026-11-22T22:30:00Z')).toBe('vandaag 22:00 tot 23:30'));
  it('names both days when it goes past midnight', () => expect(at('2026-11-22T22:30:00Z', '2026-11-22T23:30:00Z')).toBe('vandaag 23:30 tot morgen 00:30'));
  it('takes the day of the Dutch clock, not of the time that travels', () => expect(at('2026-11-22T23:30:00Z', '2026-11-23T05:00:00Z')).toBe('morgen 00:30 tot 06:00'));
});

describe('how long', () => {
  it.each([
    [-5_000, '0:00'],
    [45_900, '0:45'],
    [119_000, '1:59'],
    [120_000, '2 min'],
    [59 * 60_000 + 59_000, '59 min'],
    [3_600_000, '1 uur'],
    [72 * 60_000, '1 uur 12 min'],
    [48 * 3_600_000, '2 dagen'],
  ])('%i milliseconds are %s', (milliseconds, told) => expect(formatDuration(milliseconds)).toBe(told));

  it('ago is told from a minute on', () => {
    const now = new Date('2026-01-02T03:00:00Z');
    expect([1, 59, 60, 119, 240].map((seconds) => formatAgo(new Date(now.getTime() - seconds * 1000), now))).toEqual(['zojuist', 'zojuist', '1 min geleden', '1 min geleden', '4 min geleden']);
  });
});
