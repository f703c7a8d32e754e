import { FhirId } from '../../../fhir-resource.js';
import { extension, FhirCode, FhirUri, Meta, Narrative } from './datatypes.js';

/** What every posted resource may have (FHIR R4 Resource and DomainResource), but `contained`, which none may (G7). */
export const resourceElements = {
  id: FhirId.optional(),
  meta: Meta.optional(),
  implicitRules: FhirUri.optional(),
  language: FhirCode.optional(),
  text: Narrative.optional(),
  extension,
};
