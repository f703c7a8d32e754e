import { z } from 'zod';
import { CodeableConcept, FhirCode, FhirDateTime, FhirString, Identifier, Narrative, Period, Reference } from './datatypes.js';
import { resourceElements } from './resource.js';

const references = z.array(Reference).min(1).optional();
const concepts = z.array(CodeableConcept).min(1).optional();

/** A section; sections inside a section have no place in a SOAP report. */
export const CompositionSection = z.strictObject({
  id: FhirString.optional(),
  title: FhirString.optional(),
  code: CodeableConcept.optional(),
  author: references,
  focus: Reference.optional(),
  text: Narrative.optional(),
  mode: FhirCode.optional(),
  orderedBy: CodeableConcept.optional(),
  entry: references,
  emptyReason: CodeableConcept.optional(),
});
export type CompositionSection = z.infer<typeof CompositionSection>;

/** Structure of an R4 Composition; what a rule says in words for the nurse is left open here. */
export const Composition = z.strictObject({
  resourceType: z.literal('Composition'),
  ...resourceElements,
  identifier: Identifier.optional(),
  status: FhirCode.optional(),
  type: CodeableConcept.optional(),
  category: concepts,
  subject: Reference.optional(),
  encounter: Reference.optional(),
  date: FhirDateTime.optional(),
  author: references,
  title: FhirString.optional(),
  confidentiality: FhirCode.optional(),
  attester: z.array(z.strictObject({ id: FhirString.optional(), mode: FhirCode.optional(), time: FhirDateTime.optional(), party: Reference.optional() })).min(1).optional(),
  custodian: Reference.optional(),
  relatesTo: z.array(z.strictObject({ id: FhirString.optional(), code: FhirCode.optional(), targetIdentifier: Identifier.optional(), targetReference: Reference.optional() })).min(1).optional(),
  event: z.array(z.strictObject({ id: FhirString.optional(), code: concepts, period: Period.optional(), detail: references })).min(1).optional(),
  section: z.array(CompositionSection).min(1).optional(),
});
export type Composition = z.infer<typeof Composition>;
