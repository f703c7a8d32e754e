import { z } from 'zod';
import { Annotation, CodeableConcept, ExtendedQuantity, FhirCode, FhirDateTime, FhirString, FhirUri, Identifier, Period, Quantity, Ratio, Reference } from './datatypes.js';
import { resourceElements } from './resource.js';

const references = z.array(Reference).min(1).optional();
const concepts = z.array(CodeableConcept).min(1).optional();

/** Structure of an R4 MedicationAdministration; what a rule says in words for the nurse is left open here. */
export const MedicationAdministration = z.strictObject({
  resourceType: z.literal('MedicationAdministration'),
  ...resourceElements,
  identifier: z.array(Identifier).min(1).optional(),
  instantiates: z.array(FhirUri).min(1).optional(),
  partOf: references,
  status: FhirCode.optional(),
  statusReason: concepts,
  category: CodeableConcept.optional(),
  medicationCodeableConcept: CodeableConcept.optional(),
  medicationReference: Reference.optional(),
  subject: Reference.optional(),
  context: Reference.optional(),
  supportingInformation: references,
  effectiveDateTime: FhirDateTime.optional(),
  effectivePeriod: Period.optional(),
  performer: z.array(z.strictObject({ id: FhirString.optional(), function: CodeableConcept.optional(), actor: Reference })).min(1).optional(),
  reasonCode: concepts,
  reasonReference: references,
  request: Reference.optional(),
  device: references,
  note: z.array(Annotation).min(1).optional(),
  dosage: z
    .strictObject({
      id: FhirString.optional(),
      text: FhirString.optional(),
      site: CodeableConcept.optional(),
      route: CodeableConcept.optional(),
      method: CodeableConcept.optional(),
      dose: ExtendedQuantity.optional(),
      rateRatio: Ratio.optional(),
      rateQuantity: Quantity.optional(),
    })
    .optional(),
  eventHistory: references,
});
export type MedicationAdministration = z.infer<typeof MedicationAdministration>;
