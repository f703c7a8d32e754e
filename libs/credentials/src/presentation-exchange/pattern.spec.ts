import { assertPattern, searchPattern } from './pattern.js';

describe('pattern of a filter', () => {
  it.each([
    ['#b7a1$', 'did:web:x#b7a1', '#b7a1'],
    ['^did:web:', 'did:web:x', 'did:web:'],
    ['b', 'abc', 'b'],
    ['^[0-9.]+-\\d+-\\d+-S-(\\d+)-00\\.000-\\d+$', '2.16.528.1.1007.99.2110-1-1234-S-90000382-00.000-0', '90000382'],
    ['^(a)?$', '', ''],
  ])('%s finds in %s its group, else what matched', (pattern, value, found) => expect(searchPattern(pattern, value)).toBe(found));

  it.each([
    ['^b', 'abc'],
    ['^\\d+$', '12a'],
    ['a', 'b'.repeat(1025) + 'a'],
  ])('%s finds nothing', (pattern, value) => expect(searchPattern(pattern, value)).toBeUndefined());

  it.each(['^(?:a+)+$', '^(?:a|a)*$', '^(?:a|aa)+$', '^(.*)*x$'])('%s is stopped, and counts as no match', (pattern) => {
    const start = performance.now();
    expect(searchPattern(pattern, `${'a'.repeat(1000)}!`)).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it.each(['(', '[z-a]', '(a)(b)', 'a'.repeat(257)])('%s is refused', (pattern) => expect(() => assertPattern(pattern)).toThrow(expect.objectContaining({ code: 'definition-unsupported' })));
});
