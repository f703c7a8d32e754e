import { z } from 'zod';
import { CodeableConcept, ExtendedQuantity, FhirCode, FhirDateTime, FhirDecimal, FhirInteger, FhirString, FhirTime, Period, Quantity, Range, Ratio } from './datatypes.js';

const concepts = z.array(CodeableConcept).min(1).optional();

const TimingRepeat = z.strictObject({
  id: FhirString.optional(),
  boundsDuration: Quantity.optional(),
  boundsRange: Range.optional(),
  boundsPeriod: Period.optional(),
  count: FhirInteger.optional(),
  countMax: FhirInteger.optional(),
  duration: FhirDecimal.optional(),
  durationMax: FhirDecimal.optional(),
  durationUnit: FhirCode.optional(),
  frequency: FhirInteger.optional(),
  frequencyMax: FhirInteger.optional(),
  period: FhirDecimal.optional(),
  periodMax: FhirDecimal.optional(),
  periodUnit: FhirCode.optional(),
  dayOfWeek: z.array(FhirCode).min(1).optional(),
  timeOfDay: z.array(FhirTime).min(1).optional(),
  when: z.array(FhirCode).min(1).optional(),
  offset: FhirInteger.optional(),
});

const Timing = z.strictObject({ id: FhirString.optional(), event: z.array(FhirDateTime).min(1).optional(), repeat: TimingRepeat.optional(), code: CodeableConcept.optional() });

const DoseAndRate = z.strictObject({
  id: FhirString.optional(),
  type: CodeableConcept.optional(),
  doseRange: z.strictObject({ id: FhirString.optional(), low: ExtendedQuantity.optional(), high: ExtendedQuantity.optional() }).optional(),
  doseQuantity: ExtendedQuantity.optional(),
  rateRatio: Ratio.optional(),
  rateRange: Range.optional(),
  rateQuantity: Quantity.optional(),
});

/** FHIR R4 datatype Dosage. */
export const Dosage = z.strictObject({
  id: FhirString.optional(),
  sequence: FhirInteger.optional(),
  text: FhirString.optional(),
  additionalInstruction: concepts,
  patientInstruction: FhirString.optional(),
  timing: Timing.optional(),
  asNeededBoolean: z.boolean().optional(),
  asNeededCodeableConcept: CodeableConcept.optional(),
  site: CodeableConcept.optional(),
  route: CodeableConcept.optional(),
  method: CodeableConcept.optional(),
  doseAndRate: z.array(DoseAndRate).min(1).optional(),
  maxDosePerPeriod: Ratio.optional(),
  maxDosePerAdministration: Quantity.optional(),
  maxDosePerLifetime: Quantity.optional(),
});
export type Dosage = z.infer<typeof Dosage>;
