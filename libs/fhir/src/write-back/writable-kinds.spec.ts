import { writableKinds } from './writable-kinds.js';

describe('what an authorization lets a nurse write', () => {
  it('is every kind when it opens all types', () => {
    expect(writableKinds(() => true)).toHaveLength(14);
  });

  it('leaves out what cannot be created whole: a SOAP report is lines and a Composition', () => {
    const kinds = writableKinds((type) => type === 'Observation');
    expect(kinds).toContain('blood-pressure');
    expect(kinds).toContain('nursing-report');
    for (const closed of ['soap-report', 'text-result', 'medication-use', 'medication-administration'] as const) expect(kinds).not.toContain(closed);
  });

  it('is nothing when it opens none', () => {
    expect(writableKinds(() => false)).toEqual([]);
  });
});
