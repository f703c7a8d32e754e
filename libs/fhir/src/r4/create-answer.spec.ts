import type { StoredResource } from '../fhir-source.js';
import { toCreateAnswer } from './create-answer.js';

const base = 'https://bron.example/fhir/de-linde';
const stored: StoredResource = { resource: { resourceType: 'Observation', id: 'o1' }, version: 1, lastUpdated: new Date('2026-06-13T21:05:00Z') };

describe('answer to a write (§9.1)', () => {
  it('is 201 with Location, ETag and the resource', () => {
    expect(toCreateAnswer({ outcome: 'created', stored }, [], base)).toEqual({
      ok: true,
      value: {
        status: 201,
        headers: { location: `${base}/Observation/o1/_history/1`, etag: 'W/"1"', 'last-modified': 'Sat, 13 Jun 2026 21:05:00 GMT' },
        body: { resourceType: 'Observation', id: 'o1', meta: { versionId: '1', lastUpdated: '2026-06-13T21:05:00.000Z' } },
      },
    });
  });

  it('is 200 with the first result for a repeat (G16)', () => {
    expect(toCreateAnswer({ outcome: 'repeated', stored }, [], base)).toMatchObject({ ok: true, value: { status: 200, body: { id: 'o1' } } });
  });

  it('tells the remarks when a soft limit was passed (G15)', () => {
    const warning = { rule: 'VS-UNUSUAL', severity: 'warning', code: 'business-rule', text: 'De waarde is ongewoon; controleer de meting.' } as const;
    expect(toCreateAnswer({ outcome: 'created', stored }, [warning], base)).toMatchObject({ ok: true, value: { status: 201, body: { resourceType: 'OperationOutcome', issue: [{ diagnostics: 'VS-UNUSUAL' }] } } });
  });

  it('is a duplicate when the identifier names other content (G16)', () => {
    expect(toCreateAnswer({ outcome: 'duplicate' }, [], base)).toMatchObject({ ok: false, failure: { code: 'duplicate-identifier' } });
  });
});
