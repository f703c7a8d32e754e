import { pointsAt } from './points-at.js';

const result = { resourceType: 'Observation', specimen: { reference: 'Specimen/s1' }, performer: [{ reference: 'Organization/lab' }], valueString: 'Specimen/s2' };
const report = { resourceType: 'Composition', section: [{ entry: [{ reference: 'Observation/o1' }] }, { entry: [{ reference: 'Observation/o2' }] }] };

describe('a resource points at another', () => {
  it('by the element that the pointer names', () => expect(pointsAt(result, 'Specimen/s1', [{ from: 'Observation', path: ['specimen'] }])).toBe(true));
  it('by any of its repetitions', () => expect(pointsAt(report, 'Observation/o2', [{ from: 'Composition', path: ['section', 'entry'] }])).toBe(true));
  it('by any element where none is named', () => expect(pointsAt(result, 'Organization/lab', [{ path: [] }])).toBe(true));

  it.each([
    ['by another element', 'Organization/lab', [{ from: 'Observation', path: ['specimen'] }]],
    ['when it is of another type', 'Specimen/s1', [{ from: 'DiagnosticReport', path: ['specimen'] }]],
    ['by text that looks like a reference', 'Specimen/s2', [{ path: [] }]],
    ['by part of a reference', 'Specimen/s', [{ path: [] }]],
    ['without a pointer', 'Specimen/s1', []],
  ])('not %s', (_how, reference, pointers) => expect(pointsAt(result, reference, pointers)).toBe(false));
});
