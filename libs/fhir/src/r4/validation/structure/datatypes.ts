import { z } from 'zod';

/** FHIR R4 datatypes as a posted resource may use them; `strictObject`, because "no unknown elements" (G6). */

const noPrimitivePattern = 'Voldoet niet aan het formaat van dit gegeven.';

/** Any text; what may be inside is judged with the rules on text, which name the element to the nurse. */
export const FhirString = z.string();
export const FhirUri = z.string().regex(/^\S+$/, noPrimitivePattern).max(2_048);
export const FhirCode = z.string().regex(/^[^\s]+(\s[^\s]+)*$/, noPrimitivePattern);
export const FhirDateTime = z
  .string()
  .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]((0\d|1[0-3]):[0-5]\d|14:00)))?)?)?$/, noPrimitivePattern);
export const FhirInstant = z.iso.datetime({ offset: true });
/** "Numbers finite and within decimal(18)" (G4). */
export const FhirDecimal = z.number().refine((value) => Math.abs(value) < 1e18, noPrimitivePattern);
export const FhirInteger = z.number().int().min(-2_147_483_648).max(2_147_483_647);
const PositiveInteger = z.number().int().min(1).max(2_147_483_647);

const elementId = z.string().min(1).max(255).optional();

export const Coding = z.strictObject({
  id: elementId,
  system: FhirUri.optional(),
  version: FhirString.optional(),
  code: FhirCode.optional(),
  display: FhirString.optional(),
  userSelected: z.boolean().optional(),
});

export const CodeableConcept = z.strictObject({ id: elementId, coding: z.array(Coding).min(1).optional(), text: FhirString.optional() });

export const Period = z.strictObject({ id: elementId, start: FhirDateTime.optional(), end: FhirDateTime.optional() });

const IdentifierUse = z.enum(['usual', 'official', 'temp', 'secondary', 'old']);

/** An identifier and a reference may hold each other (FHIR R4 `Identifier.assigner`). */
export const Identifier = z.strictObject({
  id: elementId,
  use: IdentifierUse.optional(),
  type: CodeableConcept.optional(),
  system: FhirUri.optional(),
  value: FhirString.optional(),
  period: Period.optional(),
  get assigner() {
    return Reference.optional();
  },
});

export const Reference = z.strictObject({
  id: elementId,
  reference: FhirString.optional(),
  type: FhirUri.optional(),
  get identifier() {
    return Identifier.optional();
  },
  display: FhirString.optional(),
});

export const Quantity = z.strictObject({
  id: elementId,
  value: FhirDecimal.optional(),
  comparator: z.enum(['<', '<=', '>=', '>']).optional(),
  unit: FhirString.optional(),
  system: FhirUri.optional(),
  code: FhirCode.optional(),
});

export const Range = z.strictObject({ id: elementId, low: Quantity.optional(), high: Quantity.optional() });
export const Ratio = z.strictObject({ id: elementId, numerator: Quantity.optional(), denominator: Quantity.optional() });

export const SampledData = z.strictObject({
  id: elementId,
  origin: Quantity,
  period: FhirDecimal,
  factor: FhirDecimal.optional(),
  lowerLimit: FhirDecimal.optional(),
  upperLimit: FhirDecimal.optional(),
  dimensions: PositiveInteger,
  data: FhirString.optional(),
});

export const FhirTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?$/, noPrimitivePattern);

export const Annotation = z.strictObject({
  id: elementId,
  authorReference: Reference.optional(),
  authorString: FhirString.optional(),
  time: FhirDateTime.optional(),
  text: FhirString,
});

/** "`meta` only `profile`"; a version or id that the client sends is ignored, so it may be there (G7, §9.1). */
export const Meta = z.strictObject({ id: elementId, versionId: FhirString.optional(), lastUpdated: FhirInstant.optional(), profile: z.array(FhirUri).min(1).optional() });

/** Narrative is dropped on input, so only its outline matters (G17). */
export const Narrative = z.looseObject({ status: FhirString.optional(), div: FhirString.optional() });

/** Which extensions are allowed, with which value, is judged before (G7); here only that they are extensions. */
export const Extension = z.looseObject({ url: FhirUri });
export const extension = z.array(Extension).min(1).optional();

/** What some profiles extend. */
export const ExtendedPeriod = Period.extend({ extension });
export const ExtendedQuantity = Quantity.extend({ extension });
export const ExtendedReference = Reference.extend({ extension });

/** The companion of a primitive element, which carries its extensions. */
export const PrimitiveCompanion = z.strictObject({ id: elementId, extension });

export const Attachment = z.strictObject({
  id: elementId,
  contentType: FhirCode.optional(),
  language: FhirCode.optional(),
  data: FhirString.optional(),
  url: FhirUri.optional(),
  size: FhirInteger.optional(),
  hash: FhirString.optional(),
  title: FhirString.optional(),
  creation: FhirDateTime.optional(),
});
