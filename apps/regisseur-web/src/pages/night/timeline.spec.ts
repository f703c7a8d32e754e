import { aroundNow, hourMarks, placeOf, stack } from './timeline.js';

const night = { from: '2026-11-22T20:00:00Z', until: '2026-11-23T06:00:00Z' };
const period = (from: string, until: string) => ({ from: `2026-11-22T${from}:00Z`, until: `2026-11-22T${until}:00Z` });

describe('the time line of the night', () => {
  it('puts a visit where its hours are', () => expect(placeOf(period('21:00', '22:00'), night)).toEqual({ start: 10, length: 10 }));
  it('shows what lies within the night only', () => {
    expect(placeOf(period('19:00', '21:00'), night)).toEqual({ start: 0, length: 10 });
    expect(placeOf(period('18:00', '20:00'), night)).toBeUndefined();
  });
  it('shows three hours back and nine ahead, as far as the night goes', () => {
    expect(aroundNow(night, '2026-11-22T23:30:00Z')).toEqual({ from: '2026-11-22T20:30:00.000Z', until: '2026-11-23T06:00:00.000Z' });
    expect(aroundNow(night, '2026-11-25T00:00:00Z')).toEqual(night);
  });
  it('marks whole hours on a Dutch clock', () => {
    expect(hourMarks(night, 3).map(({ hour, start }) => [hour, start])).toEqual([['21:00', 0], ['00:00', 30], ['03:00', 60], ['06:00', 90]]);
  });
  it('does not mark an hour before its begin', () => expect(hourMarks({ ...night, from: '2026-11-22T20:30:00Z' }, 1)[0]?.hour).toBe('22:00'));
  it('puts visits that overlap below each other, and others in the first row that is free', () => {
    expect(stack([period('20:00', '22:00'), period('21:00', '23:00'), period('22:00', '23:00'), period('22:30', '23:30')])).toEqual([0, 1, 0, 2]);
  });
});
