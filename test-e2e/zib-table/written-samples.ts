import type { WriteInput } from '@anw/api-contracts';

/** What a nurse writes of one kind, and the same with a slip in it. */
export interface WrittenSample {
  readonly good: WriteInput;
  readonly broken: WriteInput;
}

/** Per item of chapter 4 (its number in spec anw-fhir-profiles §1) what can be written of it. */
export function writtenSamples(patient: string, now: Date): ReadonlyMap<number, readonly WrittenSample[]> {
  const [at, tomorrow] = [now.toISOString(), new Date(now.getTime() + 86_400_000).toISOString()];
  const product = { reference: `Medication/${patient}-medication-furosemide` };
  const dose = { amount: 1, unit: 'stuk' } as const;
  const administered = { product, given: true, dose, route: { code: '9', name: 'ORAAL' }, administeredAt: at, agreement: `MedicationRequest/${patient}-medication-agreement` } as const;
  const used = { product, use: 'active', source: 'patient', assertedAt: at, dose } as const;
  return new Map([
    [1, [...reports(at, tomorrow)]],
    [3, [sample({ kind: 'blood-pressure', input: { systolic: 128, diastolic: 76, measuredAt: at } }, { kind: 'blood-pressure', input: { systolic: 76, diastolic: 128, measuredAt: at } })]],
    [5, [sample({ kind: 'body-weight', input: { weight: 68.5, unit: 'kg', measuredAt: at } }, { kind: 'body-weight', input: { weight: 6850, unit: 'kg', measuredAt: at } })]],
    [6, [sample({ kind: 'body-height', input: { height: 164, unit: 'cm', measuredAt: at } }, { kind: 'body-height', input: { height: 1640, unit: 'cm', measuredAt: at } })]],
    [7, [sample({ kind: 'body-temperature', input: { temperature: 36.9, measuredAt: at } }, { kind: 'body-temperature', input: { temperature: 369, measuredAt: at } })]],
    [8, [sample({ kind: 'oxygen-saturation', input: { saturation: 96, measuredAt: at } }, { kind: 'oxygen-saturation', input: { saturation: 960, measuredAt: at } })]],
    [9, [sample({ kind: 'pulse-rate', input: { rate: 76, regularity: 'regular', measuredAt: at } }, { kind: 'pulse-rate', input: { rate: 760, regularity: 'regular', measuredAt: at } })]],
    [27, [sample({ kind: 'medication-use', input: used }, { kind: 'medication-use', input: { ...used, dose: { ...dose, amount: -1 } } })]],
    [29, [sample({ kind: 'medication-administration', input: administered }, { kind: 'medication-administration', input: { ...administered, dose: { ...dose, amount: 100 } } })]],
    [34, [sample({ kind: 'respiration', input: { rate: 15, measuredAt: at } }, { kind: 'respiration', input: { rate: 150, measuredAt: at } })]],
    [35, [sample({ kind: 'heart-rate', input: { rate: 77, regularity: 'regular', measuredAt: at } }, { kind: 'heart-rate', input: { rate: 770, measuredAt: at } })]],
    [36, [sample({ kind: 'visual-acuity', input: { acuity: 0.6, eye: 'left', measuredAt: at } }, { kind: 'visual-acuity', input: { acuity: 9.9, eye: 'left', measuredAt: at } })]],
    [37, [textResult(at, tomorrow)]],
  ]);
}

function reports(at: string, tomorrow: string): readonly WrittenSample[] {
  const soap = { subjective: 'Voelt zich goed.', objective: 'Geen oedeem.', evaluation: 'Stabiel.', plan: 'Morgen wegen.' };
  const text = 'Steunkousen uitgetrokken, huid gaaf.';
  return [
    sample({ kind: 'soap-report', input: { ...soap, writtenAt: at } }, { kind: 'soap-report', input: { ...soap, writtenAt: tomorrow } }),
    sample({ kind: 'nursing-report', input: { text, writtenAt: at } }, { kind: 'nursing-report', input: { text, writtenAt: tomorrow } }),
  ];
}

function textResult(at: string, tomorrow: string): WrittenSample {
  const result = { type: 'radiography', conclusion: 'Geen aanwijzingen voor een breuk.', status: 'final' } as const;
  return sample({ kind: 'text-result', input: { ...result, examinedAt: at } }, { kind: 'text-result', input: { ...result, examinedAt: tomorrow } });
}

function sample(good: WriteInput, broken: WriteInput): WrittenSample {
  return { good, broken };
}
