import { contains } from './period.js';

const night = { from: new Date('2026-01-01T22:00:00Z'), until: new Date('2026-01-02T06:00:00Z') };

describe('validity period', () => {
  it('includes its first instant', () => expect(contains(night, night.from)).toBe(true));
  it('excludes its last instant', () => expect(contains(night, night.until)).toBe(false));
  it('excludes the instant before it starts', () => expect(contains(night, new Date(night.from.getTime() - 1))).toBe(false));
});
