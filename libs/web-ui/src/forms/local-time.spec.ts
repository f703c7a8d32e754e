import { toInstant, toLocalTime } from './local-time.js';

describe('a time that someone picks on the clock of the Netherlands', () => {
  it.each([
    ['in winter', '2026-01-02T03:04', '2026-01-02T02:04:00.000Z'],
    ['in summer', '2026-07-02T03:04', '2026-07-02T01:04:00.000Z'],
    ['in the hour that occurs twice: the first', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['after midnight, while it is yesterday in Greenwich', '2026-07-01T00:30', '2026-06-30T22:30:00.000Z'],
  ])('is an instant %s, and comes back as it was', (_when, local, instant) => {
    expect(toInstant(local)).toBe(instant);
    expect(toLocalTime(instant)).toBe(local);
  });

  it('in the hour that is skipped in spring is an hour later on the clock', () => {
    const instant = toInstant('2026-03-29T02:30');
    expect([instant, toLocalTime(instant!)]).toEqual(['2026-03-29T01:30:00.000Z', '2026-03-29T03:30']);
  });

  it.each(['', 'morgen', '2026-13-01T00:00', '2026-01-02T25:00'])('is none when it is %j', (local) => expect(toInstant(local)).toBeUndefined());
});
