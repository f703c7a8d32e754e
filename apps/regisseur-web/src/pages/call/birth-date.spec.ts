import { parseBirthDate, writeBirthDate } from './birth-date.js';

const now = new Date('2026-11-22T22:00:00Z');

describe('a birth date as it is typed at the desk', () => {
  it.each(['3-2-1941', '03-02-1941', '3/2/1941', '3.2.1941', '3 2 1941', ' 03021941 ', '3-2-41', '030241', '1941-02-03'])('%s is 3 February 1941', (typed) => {
    expect(parseBirthDate(typed, now)).toBe('1941-02-03');
  });

  it('reads two digits of a year that has been as this century', () => {
    expect(parseBirthDate('1-1-26', now)).toBe('2026-01-01');
  });

  it.each(['', 'gisteren', '31-2-1941', '30-13-1941', '3-2', '3-2-194', '0-1-1941', '23-11-2026', '1-1-1889', '3-2-1941 of 1942'])('"%s" is no birth date', (typed) => {
    expect(parseBirthDate(typed, now)).toBeUndefined();
  });

  it('takes the twenty-ninth of February in leap years only', () => {
    expect(parseBirthDate('29-2-1940', now)).toBe('1940-02-29');
    expect(parseBirthDate('29-2-1941', now)).toBeUndefined();
  });

  it('writes what it read', () => {
    expect(writeBirthDate('1941-02-03')).toBe('3-2-1941');
  });
});
