import { PatientId } from '@anw/values';
import { reviewWrite } from './review-write.js';
import type { Write } from './write-kinds.js';

const subject = { id: '6f0c1f7e-6f9b-4a75-9c0e-0d6f3f0b8a11', patient: PatientId.parse('p1') };
const measuredAt = '2026-06-13T21:05:00Z';

const remarks = (write: Write) => reviewWrite(write, subject).map(({ severity, field, rule }) => [severity, field, rule]);

describe('a write before it is sent (§9.2: "soft limits ask the nurse to confirm on the actor side before sending")', () => {
  it.each<[string, Write]>([
    ['blood pressure', { kind: 'blood-pressure', input: { systolic: 125, diastolic: 75, measuredAt } }],
    ['pulse with its regularity', { kind: 'pulse-rate', input: { rate: 72, regularity: 'irregular', measuredAt } }],
    ['SOAP report', { kind: 'soap-report', input: { subjective: 'Hoest.', plan: 'Morgen terug.', writtenAt: measuredAt } }],
  ])('says nothing of a plain %s', (_name, write) => expect(remarks(write)).toEqual([]));

  it.each<[string, Write, readonly unknown[]]>([
    ['an unusual upper pressure', { kind: 'blood-pressure', input: { systolic: 225, diastolic: 75, measuredAt } }, ['warning', 'systolic', 'VS-UNUSUAL']],
    ['an unusual lower pressure', { kind: 'blood-pressure', input: { systolic: 160, diastolic: 135, measuredAt } }, ['warning', 'diastolic', 'VS-UNUSUAL']],
    ['pressures that were swapped', { kind: 'blood-pressure', input: { systolic: 75, diastolic: 125, measuredAt } }, ['error', 'systolic', 'BP-ORDER']],
    ['a slipped decimal point', { kind: 'body-temperature', input: { temperature: 374, measuredAt } }, ['error', 'temperature', 'VS-RANGE']],
    ['a weight in grams that was meant in kilograms', { kind: 'body-weight', input: { weight: 68.4, unit: 'g', measuredAt } }, ['error', 'weight', 'VS-RANGE']],
    ['a fast pulse in a panel', { kind: 'pulse-rate', input: { rate: 180, regularity: 'regular', measuredAt } }, ['warning', 'rate', 'VS-UNUSUAL']],
    ['an acuity beyond the chart', { kind: 'visual-acuity', input: { acuity: 9.9, eye: 'left', measuredAt } }, ['error', 'acuity', 'VISUS-RANGE']],
    ['a distance of nothing', { kind: 'visual-acuity', input: { acuity: 0.8, eye: 'left', distance: 0, correction: 'corrected', measuredAt } }, ['error', 'distance', 'VISUS-DISTANCE']],
    ['a dose of nothing', { kind: 'medication-use', input: { product: { reference: 'Medication/m1' }, use: 'active', source: 'patient', assertedAt: measuredAt, dose: { amount: 0, unit: 'stuk' } } }, ['error', 'dose', 'MED-DOSE']],
    ['an administration without its way', { kind: 'medication-administration', input: { product: { reference: 'Medication/m1' }, given: true, dose: { amount: 1, unit: 'stuk' }, administeredAt: measuredAt } }, ['error', 'route', 'MED-ROUTE']],
    ['a refusal without its reason', { kind: 'medication-administration', input: { product: { reference: 'Medication/m1' }, given: false, administeredAt: measuredAt } }, ['error', 'reason', 'MED-REASON']],
    ['a report without a line', { kind: 'soap-report', input: { plan: ' ', writtenAt: measuredAt } }, ['error', 'subjective', 'SOAP-LINES']],
  ])('tells %s with the field that it is about', (_name, write, remark) => expect(remarks(write)).toContainEqual(remark));
});
