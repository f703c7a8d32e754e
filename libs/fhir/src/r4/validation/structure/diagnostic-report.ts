import { z } from 'zod';
import { Attachment, CodeableConcept, FhirCode, FhirDateTime, FhirInstant, FhirString, Identifier, Period, PrimitiveCompanion, Reference } from './datatypes.js';
import { resourceElements } from './resource.js';

const references = z.array(Reference).min(1).optional();
const concepts = z.array(CodeableConcept).min(1).optional();

/** Structure of an R4 DiagnosticReport; what a rule says in words for the nurse is left open here. */
export const DiagnosticReport = z.strictObject({
  resourceType: z.literal('DiagnosticReport'),
  ...resourceElements,
  identifier: z.array(Identifier).min(1).optional(),
  basedOn: references,
  status: FhirCode.optional(),
  _status: PrimitiveCompanion.optional(),
  category: concepts,
  code: CodeableConcept.optional(),
  subject: Reference.optional(),
  encounter: Reference.optional(),
  effectiveDateTime: FhirDateTime.optional(),
  effectivePeriod: Period.optional(),
  issued: FhirInstant.optional(),
  performer: references,
  resultsInterpreter: references,
  specimen: references,
  result: references,
  imagingStudy: references,
  media: z.array(z.strictObject({ id: FhirString.optional(), comment: FhirString.optional(), link: Reference.optional() })).min(1).optional(),
  conclusion: FhirString.optional(),
  conclusionCode: concepts,
  presentedForm: z.array(Attachment).min(1).optional(),
});
export type DiagnosticReport = z.infer<typeof DiagnosticReport>;
