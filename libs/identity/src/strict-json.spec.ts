import fc from 'fast-check';
import { parseStrictJson, StrictJsonError } from './strict-json.js';

function failureOf(json: string | Uint8Array): string {
  try {
    parseStrictJson(json);
  } catch (error) {
    if (error instanceof StrictJsonError) return error.code;
    throw error;
  }
  return 'accepted';
}

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('strict JSON', () => {
  it('reads what JSON.parse reads, for any value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value, undefined, 1);
        fc.pre(!text.includes('__proto__'));
        expect(parseStrictJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['in one object', '{"a":1,"a":1}'],
    ['in a nested object', '{"b":[{"a":1,"c":{},"a":2}]}'],
    ['spelt with an escape', '{"a":1,"\\u0061":2}'],
    ['with white space before the colon', '{"a" \n:1,"a"\t:2}'],
    ['behind a name that ends in a backslash', '{"a\\\\":1,"b":2,"b":3}'],
    ['behind a string with an escaped quote', '{"x":"\\"","b":2,"b":3}'],
  ])('refuses a member named twice %s', (_where, json) => expect(failureOf(json)).toBe('duplicate-member'));

  it.each([
    ['in sibling objects', '[{"a":1},{"a":1}]'],
    ['in an object and the object inside it', '{"a":{"a":1},"b":1}'],
    ['as name and as value', '{"a":"a","b":["a","a"]}'],
    ['inside a string', '{"a":"{\\"b\\":1,\\"b\\":1}"}'],
  ])('accepts the same name %s', (_where, json) => expect(parseStrictJson(json)).toEqual(JSON.parse(json)));

  it.each(['{"__proto__":{"admin":true}}', '{"\\u005f_proto__":1}', '[{"a":{"__proto__":1}}]'])('refuses a member that reaches the prototype: %s', (json) =>
    expect(failureOf(json)).toBe('forbidden-member'),
  );

  it('reads nesting 50 deep and refuses 51', () => {
    expect(failureOf(nested(50))).toBe('accepted');
    expect(failureOf(nested(51))).toBe('too-deep');
    expect(failureOf(nested(100_000))).toBe('too-deep');
  });

  it.each(['', '{', '{"a":1,}', "{'a':1}", '{"a":NaN}', '1 2', '\u{feff}{}', '{"a":1}//'])('refuses %j, which is no JSON', (json) => expect(failureOf(json)).toBe('syntax'));

  it('refuses bytes that are not UTF-8', () => expect(failureOf(Uint8Array.from([0x22, 0xff, 0x22]))).toBe('not-utf8'));
  it('refuses a byte order mark', () => expect(failureOf(Uint8Array.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]))).toBe('syntax'));

  it('keeps the refused text out of the error', () => {
    const error = (() => {
      try {
        return parseStrictJson('{"name":"Jansen"');
      } catch (caught) {
        return caught as Error;
      }
    })() as Error;
    expect(`${error.message}${String(error.cause)}`).not.toContain('Jansen');
  });
});
