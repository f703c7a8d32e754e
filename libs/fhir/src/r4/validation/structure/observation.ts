import { z } from 'zod';
import { FhirId } from '../../../fhir-resource.js';
import {
  Annotation,
  CodeableConcept,
  Extension,
  FhirCode,
  FhirDateTime,
  FhirInstant,
  FhirInteger,
  FhirString,
  FhirTime,
  FhirUri,
  Identifier,
  Meta,
  Narrative,
  Period,
  Quantity,
  Range,
  Ratio,
  Reference,
  SampledData,
} from './datatypes.js';

const value = {
  valueQuantity: Quantity.optional(),
  valueCodeableConcept: CodeableConcept.optional(),
  valueString: FhirString.optional(),
  valueBoolean: z.boolean().optional(),
  valueInteger: FhirInteger.optional(),
  valueRange: Range.optional(),
  valueRatio: Ratio.optional(),
  valueSampledData: SampledData.optional(),
  valueTime: FhirTime.optional(),
  valueDateTime: FhirDateTime.optional(),
  valuePeriod: Period.optional(),
};

const ReferenceRange = z.strictObject({
  id: FhirString.optional(),
  low: Quantity.optional(),
  high: Quantity.optional(),
  type: CodeableConcept.optional(),
  appliesTo: z.array(CodeableConcept).min(1).optional(),
  age: Range.optional(),
  text: FhirString.optional(),
});

export const ObservationComponent = z.strictObject({
  id: FhirString.optional(),
  extension: z.array(Extension).min(1).optional(),
  code: CodeableConcept,
  ...value,
  dataAbsentReason: CodeableConcept.optional(),
  interpretation: z.array(CodeableConcept).min(1).optional(),
  referenceRange: z.array(ReferenceRange).min(1).optional(),
});
export type ObservationComponent = z.infer<typeof ObservationComponent>;

/**
 * Structure of an R4 Observation. What base FHIR or a profile makes mandatory is left open where a rule of its own
 * says so in words for the nurse (subject, effective, value).
 */
export const Observation = z.strictObject({
  resourceType: z.literal('Observation'),
  id: FhirId.optional(),
  meta: Meta.optional(),
  language: FhirCode.optional(),
  text: Narrative.optional(),
  extension: z.array(Extension).min(1).optional(),
  identifier: z.array(Identifier).min(1).optional(),
  basedOn: z.array(Reference).min(1).optional(),
  partOf: z.array(Reference).min(1).optional(),
  status: FhirCode.optional(),
  category: z.array(CodeableConcept).min(1).optional(),
  code: CodeableConcept,
  subject: Reference.optional(),
  focus: z.array(Reference).min(1).optional(),
  encounter: Reference.optional(),
  effectiveDateTime: FhirDateTime.optional(),
  effectivePeriod: Period.optional(),
  effectiveTiming: z.looseObject({}).optional(),
  effectiveInstant: FhirInstant.optional(),
  issued: FhirInstant.optional(),
  performer: z.array(Reference).min(1).optional(),
  ...value,
  dataAbsentReason: CodeableConcept.optional(),
  interpretation: z.array(CodeableConcept).min(1).optional(),
  note: z.array(Annotation).min(1).optional(),
  bodySite: CodeableConcept.extend({ extension: z.array(Extension).min(1).optional() }).optional(),
  method: CodeableConcept.optional(),
  specimen: Reference.optional(),
  device: Reference.optional(),
  referenceRange: z.array(ReferenceRange).min(1).optional(),
  hasMember: z.array(Reference).min(1).optional(),
  derivedFrom: z.array(Reference).min(1).optional(),
  component: z.array(ObservationComponent).min(1).optional(),
  implicitRules: FhirUri.optional(),
});
export type Observation = z.infer<typeof Observation>;
