import { z } from 'zod';
import { Annotation, CodeableConcept, ExtendedPeriod, ExtendedReference, extension, FhirCode, FhirDateTime, Identifier, Reference } from './datatypes.js';
import { Dosage } from './dosage.js';
import { resourceElements } from './resource.js';

const references = z.array(Reference).min(1).optional();
const concepts = z.array(CodeableConcept).min(1).optional();

/** Structure of an R4 MedicationStatement; what a rule says in words for the nurse is left open here. */
export const MedicationStatement = z.strictObject({
  resourceType: z.literal('MedicationStatement'),
  ...resourceElements,
  modifierExtension: extension,
  identifier: z.array(Identifier).min(1).optional(),
  basedOn: references,
  partOf: references,
  status: FhirCode.optional(),
  statusReason: concepts,
  category: CodeableConcept.optional(),
  medicationCodeableConcept: CodeableConcept.optional(),
  medicationReference: Reference.optional(),
  subject: Reference.optional(),
  context: ExtendedReference.optional(),
  effectiveDateTime: FhirDateTime.optional(),
  effectivePeriod: ExtendedPeriod.optional(),
  dateAsserted: FhirDateTime.optional(),
  informationSource: Reference.optional(),
  derivedFrom: z.array(ExtendedReference).min(1).optional(),
  reasonCode: concepts,
  reasonReference: references,
  note: z.array(Annotation).min(1).optional(),
  dosage: z.array(Dosage).min(1).optional(),
});
export type MedicationStatement = z.infer<typeof MedicationStatement>;
