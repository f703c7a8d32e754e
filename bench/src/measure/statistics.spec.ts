import { median, percentile } from './statistics.js';

describe('statistics of a benchmark', () => {
  it('take the middle round, so that one disturbed round counts for nothing', () => {
    expect(median([10, 1_000, 11])).toBe(11);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('read a percentile from sorted values, whatever order they came in', () => {
    const values = Array.from({ length: 101 }, (_, index) => 100 - index);
    expect(percentile(values, 0.99)).toBe(99);
    expect(percentile(values, 0)).toBe(0);
    expect(percentile(values, 1)).toBe(100);
    expect(percentile([7], 0.99)).toBe(7);
  });

  it('have nothing to say of no values', () => expect(() => median([])).toThrow(RangeError));
});
