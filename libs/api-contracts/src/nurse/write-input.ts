import type { Write, WriteInputs } from '@anw/fhir';
import { z } from 'zod';
import { Instant } from '../instant.js';

/**
 * What a nurse writes, as the page sends it: plain numbers, texts and choices. Here is the form alone; whether a value
 * can be is the custodian's word. Each schema is held against the input of its kind by the compiler.
 */

/** At most 20 000 characters, as the custodian counts them: an emoji is one. Kept byte for byte, so it is never trimmed. */
const LongText = z.string().max(40_000).refine((text) => [...text].length <= 20_000, { message: 'at most 20000 characters', params: { inDutch: 'Dit is te lang: hoogstens 20.000 tekens.' } });
const Text = LongText.refine((text) => text.trim() !== '', { message: 'must not be blank', params: { inDutch: 'Vul dit in.' } });
const Note = LongText.optional();
const Name = z.string().min(1).max(255);
/** A day, or a moment with a zone. */
const DayOrInstant = z.union([z.iso.date(), Instant]);
const LocalReference = (type: string) => z.string().regex(new RegExp(`^${type}/[A-Za-z0-9.-]{1,64}$`));

const measured = { measuredAt: Instant, note: Note };

export const BloodPressureInput = z.strictObject({
  systolic: z.number(),
  diastolic: z.number(),
  position: z.enum(['standing', 'lying', 'sitting']).optional(),
  ...measured,
}) satisfies z.ZodType<WriteInputs['blood-pressure']>;

export const BodyWeightInput = z.strictObject({
  weight: z.number(),
  unit: z.enum(['kg', 'g']),
  clothing: z.enum(['undressed', 'minimal', 'full', 'diaper']).optional(),
  ...measured,
}) satisfies z.ZodType<WriteInputs['body-weight']>;

export const BodyHeightInput = z.strictObject({
  height: z.number(),
  unit: z.enum(['cm', 'm']),
  position: z.enum(['standing', 'lying']).optional(),
  ...measured,
}) satisfies z.ZodType<WriteInputs['body-height']>;

export const BodyTemperatureInput = z.strictObject({
  temperature: z.number(),
  site: z.enum(['rectal', 'oral', 'axillary', 'inguinal', 'tympanic', 'temporal', 'vaginal', 'bladder', 'core']).optional(),
  ...measured,
}) satisfies z.ZodType<WriteInputs['body-temperature']>;

export const OxygenSaturationInput = z.strictObject({ saturation: z.number(), extraOxygen: z.boolean().optional(), ...measured }) satisfies z.ZodType<WriteInputs['oxygen-saturation']>;

export const PulseRateInput = z.strictObject({ rate: z.number(), regularity: z.enum(['regular', 'irregular']).optional(), ...measured }) satisfies z.ZodType<WriteInputs['pulse-rate']>;

export const HeartRateInput = z.strictObject({
  rate: z.number(),
  regularity: z.enum(['regular', 'irregular', 'irregularly-irregular']).optional(),
  interpretation: z.enum(['bradycardia', 'normal', 'tachycardia']).optional(),
  ...measured,
}) satisfies z.ZodType<WriteInputs['heart-rate']>;

export const RespirationInput = z.strictObject({ rate: z.number(), extraOxygen: z.boolean().optional(), ...measured }) satisfies z.ZodType<WriteInputs['respiration']>;

export const VisualAcuityInput = z.strictObject({
  acuity: z.number(),
  eye: z.enum(['left', 'right', 'both']),
  correction: z.enum(['corrected', 'uncorrected', 'best-corrected']).optional(),
  chart: z.enum(['log-e', 'snellen', 'lea']).optional(),
  distance: z.number().optional(),
  ...measured,
}) satisfies z.ZodType<WriteInputs['visual-acuity']>;

export const NursingReportInput = z.strictObject({ text: Text, writtenAt: Instant }) satisfies z.ZodType<WriteInputs['nursing-report']>;

const Icpc = z.string().min(1).max(16).optional();
const Line = LongText.optional();

export const SoapReportInput = z
  .strictObject({
    title: z.string().max(255).optional(),
    subjective: Line,
    objective: Line,
    evaluation: Line,
    plan: Line,
    subjectiveIcpc: Icpc,
    evaluationIcpc: Icpc,
    writtenAt: Instant,
  })
  .refine(({ subjective, objective, evaluation, plan }) => [subjective, objective, evaluation, plan].some((line) => (line ?? '').trim() !== ''), {
    message: 'one line at least is needed',
    params: { inDutch: 'Vul ten minste één van de vier in.' },
    path: ['subjective'],
  }) satisfies z.ZodType<WriteInputs['soap-report']>;

export const TextResultInput = z.strictObject({
  type: z.enum([
    'imaging',
    'radiography',
    'ultrasound',
    'computed-tomography',
    'magnetic-resonance',
    'angiography',
    'echocardiography',
    'nuclear-medicine',
    'pet-ct',
    'pathology',
    'microbiology',
    'procedure',
  ]),
  conclusion: Text,
  status: z.enum(['preliminary', 'final']),
  examinedAt: Instant,
}) satisfies z.ZodType<WriteInputs['text-result']>;

export const ProductInput = z.union([
  z.strictObject({ reference: LocalReference('Medication'), name: Name.optional() }),
  z.strictObject({ list: z.enum(['GPK', 'HPK', 'ZI', 'PRK', 'ATC']), code: z.string().min(1).max(64), name: Name }),
]);
export const DoseInput = z.strictObject({ amount: z.number(), unit: z.enum(['stuk', 'dosis', 'eenheid', 'IE', 'druppel', 'ml', 'g', 'mg', 'microgram']) });
/** A way of giving, as the agreement names it. */
export const RouteInput = z.strictObject({ code: z.string().min(1).max(16), name: Name });

export const MedicationUseInput = z.strictObject({
  product: ProductInput,
  use: z.enum(['active', 'not-taken', 'suspended', 'stopped']),
  source: z.enum(['patient', 'practitioner']),
  assertedAt: Instant,
  usedFrom: DayOrInstant.optional(),
  usedUntil: DayOrInstant.optional(),
  dose: DoseInput.optional(),
  note: Note,
}) satisfies z.ZodType<WriteInputs['medication-use']>;

export const MedicationAdministrationInput = z.strictObject({
  product: ProductInput,
  given: z.boolean(),
  dose: DoseInput.optional(),
  route: RouteInput.optional(),
  administeredAt: Instant,
  reason: LongText.optional(),
  agreement: LocalReference('MedicationRequest').optional(),
  note: Note,
}) satisfies z.ZodType<WriteInputs['medication-administration']>;

/** One write: its kind, and the input of that kind. */
export const WriteInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('blood-pressure'), input: BloodPressureInput }),
  z.strictObject({ kind: z.literal('body-weight'), input: BodyWeightInput }),
  z.strictObject({ kind: z.literal('body-height'), input: BodyHeightInput }),
  z.strictObject({ kind: z.literal('body-temperature'), input: BodyTemperatureInput }),
  z.strictObject({ kind: z.literal('oxygen-saturation'), input: OxygenSaturationInput }),
  z.strictObject({ kind: z.literal('pulse-rate'), input: PulseRateInput }),
  z.strictObject({ kind: z.literal('heart-rate'), input: HeartRateInput }),
  z.strictObject({ kind: z.literal('respiration'), input: RespirationInput }),
  z.strictObject({ kind: z.literal('visual-acuity'), input: VisualAcuityInput }),
  z.strictObject({ kind: z.literal('nursing-report'), input: NursingReportInput }),
  z.strictObject({ kind: z.literal('soap-report'), input: SoapReportInput }),
  z.strictObject({ kind: z.literal('text-result'), input: TextResultInput }),
  z.strictObject({ kind: z.literal('medication-use'), input: MedicationUseInput }),
  z.strictObject({ kind: z.literal('medication-administration'), input: MedicationAdministrationInput }),
]) satisfies z.ZodType<Write>;
export type WriteInput = z.infer<typeof WriteInput>;
