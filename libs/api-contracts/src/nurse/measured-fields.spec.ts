import { reviewWrite } from '@anw/fhir';
import { PatientId } from '@anw/values';
import { type MeasuredField, measuredFields } from './measured-fields.js';
import { WriteInput } from './write-input.js';

const subject = { id: '6f0c1f7e-6f9b-4a75-9c0e-0d6f3f0b8a11', patient: PatientId.parse('p1') };

/** Everything else that a kind asks for, in order, so that only the one number is looked at. */
const others: Readonly<Record<string, (value: number) => object>> = {
  'blood-pressure.systolic': () => ({ diastolic: 15 }),
  'blood-pressure.diastolic': (value) => ({ systolic: Math.max(value + 1, 100) }),
  'body-weight.weight': () => ({ unit: 'kg' }),
  'body-height.height': () => ({ unit: 'cm' }),
  'visual-acuity.acuity': () => ({ eye: 'left' }),
};

/** What is said of this number: nothing, that it is unusual, or that it is refused. */
function judge(kind: string, field: string, value: number): string {
  const input = { [field]: value, ...others[`${kind}.${field}`]?.(value), measuredAt: '2026-06-13T21:05:00Z' };
  const remarks = reviewWrite(WriteInput.parse({ kind, input }), subject).filter((remark) => remark.field === field && (remark.rule.startsWith('VS-') || remark.rule === 'VISUS-RANGE'));
  return remarks.map(({ severity }) => severity).join(' ') || 'nothing';
}

const rows = Object.entries(measuredFields).flatMap(([kind, fields]) => Object.entries(fields as Readonly<Record<string, MeasuredField>>).map(([field, bounds]) => [kind, field, bounds] as const));

describe.each(rows)('%s: %s', (kind, field, { possible, usual }) => {
  const step = 0.01;

  it('is refused just outside of what is possible', () => {
    expect(judge(kind, field, possible[0] - step)).toBe('error');
    expect(judge(kind, field, possible[1] + step)).toBe('error');
  });

  it('is taken at the bounds of what is usual without a question', () => {
    expect(judge(kind, field, usual[0])).toBe('nothing');
    expect(judge(kind, field, usual[1])).toBe('nothing');
  });

  it('is asked about between the two', () => {
    if (usual[0] > possible[0]) expect([judge(kind, field, usual[0] - step), judge(kind, field, possible[0])]).toEqual(['warning', 'warning']);
    if (usual[1] < possible[1]) expect([judge(kind, field, usual[1] + step), judge(kind, field, possible[1])]).toEqual(['warning', 'warning']);
  });
});
