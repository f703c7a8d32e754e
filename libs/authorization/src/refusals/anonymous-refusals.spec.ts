import { createAnonymousRefusals } from './anonymous-refusals.js';

const at = (seconds: number) => new Date(Date.parse('2026-01-01T22:00:00Z') + seconds * 1000);

describe('refusals of callers whom nobody knows', () => {
  it('have a record each while they are few', () => {
    const refusals = createAnonymousRefusals({ perMinute: 2 });
    expect([refusals.keep('token-missing', 'a', at(0)), refusals.keep('token-missing', 'b', at(1))]).toEqual([
      { reference: 'a', write: true },
      { reference: 'b', write: true },
    ]);
  });

  it('share one record for each kind when they are many, under a reference that leads to it', () => {
    const refusals = createAnonymousRefusals({ perMinute: 1 });
    refusals.keep('token-missing', 'a', at(0));
    expect(refusals.keep('token-missing', 'b', at(1))).toEqual({ reference: 'b', write: true, collective: true });
    expect(refusals.keep('token-missing', 'c', at(2))).toEqual({ reference: 'b', write: false });
    expect(refusals.keep('token-unknown', 'd', at(2))).toEqual({ reference: 'd', write: true, collective: true });
    expect(refusals.keep('token-missing', 'e', at(59))).toEqual({ reference: 'b', write: false });
  });

  it('have a record each again in the next minute', () => {
    const refusals = createAnonymousRefusals({ perMinute: 1 });
    refusals.keep('token-missing', 'a', at(0));
    refusals.keep('token-missing', 'b', at(1));
    expect(refusals.keep('token-missing', 'c', at(60))).toEqual({ reference: 'c', write: true });
  });

  it('leave at most a record for each kind beside those that have one each, however many come', () => {
    const refusals = createAnonymousRefusals({ perMinute: 60 });
    const kinds = ['token-missing', 'token-unknown', 'presentation-not-accepted'];
    const kept = Array.from({ length: 100_000 }, (_, number) => refusals.keep(kinds[number % 3]!, String(number), at(30)));
    const written = new Set(kept.filter(({ write }) => write).map(({ reference }) => reference));
    expect(written.size).toBe(63);
    expect(kept.every(({ reference }) => written.has(reference))).toBe(true);
  });
});
