import { firstWindow, parseTime, windowOf, writeTime } from './visit-window.js';

/** 22:10 on a Dutch clock, in winter. */
const evening = new Date('2026-11-22T21:10:00Z');

describe('the window of a visit', () => {
  it('begins now, for as long as the urgency asks', () => expect(firstWindow(evening, 'urgent', new Date('2026-11-23T06:00:00Z'))).toEqual({ from: '22:10', until: '23:10' }));
  it('ends with the shift at the latest', () => expect(firstWindow(evening, 'routine', new Date('2026-11-22T22:00:00Z'))).toEqual({ from: '22:10', until: '23:00' }));
  it('is tonight', () => expect(windowOf({ from: '22:30', until: '23:30' }, evening)).toEqual({ from: '2026-11-22T21:30:00.000Z', until: '2026-11-22T22:30:00.000Z' }));
  it('goes on after midnight', () => expect(windowOf({ from: '23:30', until: '00:30' }, evening)).toEqual({ from: '2026-11-22T22:30:00.000Z', until: '2026-11-22T23:30:00.000Z' }));
  it('may begin tomorrow morning', () => expect(windowOf({ from: '06:00', until: '07:00' }, evening)).toEqual({ from: '2026-11-23T05:00:00.000Z', until: '2026-11-23T06:00:00.000Z' }));
  it('may have begun', () => expect(windowOf({ from: '22:00', until: '23:00' }, evening)?.from).toBe('2026-11-22T21:00:00.000Z'));
  it('keeps to the Dutch clock in summer', () => expect(windowOf({ from: '22:30', until: '23:30' }, new Date('2026-07-01T20:10:00Z'))?.from).toBe('2026-07-01T20:30:00.000Z'));
  it('lasts an hour longer in the night in which the clock goes back', () => {
    expect(windowOf({ from: '01:30', until: '04:00' }, new Date('2026-10-24T23:00:00Z'))).toEqual({ from: '2026-10-24T23:30:00.000Z', until: '2026-10-25T03:00:00.000Z' });
  });
  it('means the first of the two hours in the night in which the clock goes back', () => {
    expect(windowOf({ from: '02:30', until: '04:00' }, new Date('2026-10-24T23:00:00Z'))?.from).toBe('2026-10-25T00:30:00.000Z');
  });
  it('is not known while a time is not', () => {
    expect(windowOf({ from: '', until: '23:30' }, evening)).toBeUndefined();
    expect(windowOf({ from: '22:30', until: 'straks' }, evening)).toBeUndefined();
  });
});

describe('a time of day as it is typed', () => {
  it.each([['7:05', '07:05'], ['07.05', '07:05'], ['0705', '07:05'], ['705', '07:05'], ['7', '07:00'], ['23 uur', '23:00'], ['00:00', '00:00']])('%s is %s', (typed, time) => expect(parseTime(typed)).toBe(time));
  it.each(['', '24:00', '12:60', 'nu', '7:5', '12:30:15'])('"%s" is no time', (typed) => expect(parseTime(typed)).toBeUndefined());
  it('is written as the Dutch clock shows it', () => expect(writeTime(evening)).toBe('22:10'));
});
