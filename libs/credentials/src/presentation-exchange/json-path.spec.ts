import { parseJsonPath, valueAt } from './json-path.js';

const credential = { id: 'x', type: ['VerifiableCredential', 'A'], credentialSubject: [{ organization: { name: 'De Linde' } }], '@context': ['c'] };
const find = (path: string) => valueAt(parseJsonPath(path), credential);

describe('JSON path of a presentation definition', () => {
  it.each([
    ['$', credential],
    ['$.id', 'x'],
    ['$.type', credential.type],
    ['$.type[1]', 'A'],
    ['$.credentialSubject[0].organization.name', 'De Linde'],
    ['$.@context[0]', 'c'],
  ])('%s finds one place', (path, value) => expect(find(path)).toEqual(value));

  it.each(['$.issuer', '$.type[2]', '$.id.length', '$.type.length', '$.credentialSubject.organization', '$.id[0]', '$.toString', '$.constructor.name', '$.__proto__'])('%s finds nothing', (path) =>
    expect(find(path)).toBeUndefined(),
  );

  it.each(['', 'id', '$..id', '$.*', '$.type[*]', '$.type[-1]', '$.type[01]', '$.type[?(@)]', "$['id']", '$.', '$.id.', '$.id ', `$.${'a'.repeat(260)}`])('%s is refused', (path) =>
    expect(() => parseJsonPath(path)).toThrow(expect.objectContaining({ code: 'definition-unsupported' })),
  );
});
