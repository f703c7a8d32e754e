import { z } from 'zod';
import { CodeableConcept, FhirString, FhirUri, Identifier, Quantity, Reference } from './structure/datatypes.js';

/** An extension that a profile of ours knows: the element it may stand on (`Observation` itself is the empty path), and the whole of it. */
export interface AllowedExtension {
  readonly url: string;
  readonly on: string;
  /** Whether it changes the meaning of what it stands on: `modifierExtension`. */
  readonly modifier?: true;
  readonly schema: z.ZodType;
}

const values = {
  valueBoolean: z.boolean(),
  valueCodeableConcept: CodeableConcept,
  valueDateTime: FhirString,
  valueDuration: Quantity,
  valueIdentifier: Identifier,
  valueQuantity: Quantity,
  valueReference: Reference,
  valueString: FhirString,
} as const;

/** "Extensions only from the profile" (G7), with one value of the type that it gives, and nothing inside. */
export function allowedExtension(url: string, on: string, value: keyof typeof values, modifier?: 'modifier'): AllowedExtension {
  const schema = z.strictObject({ id: FhirString.optional(), url: FhirUri, [value]: values[value] });
  return { url, on, schema, ...(modifier === undefined ? {} : { modifier: true }) };
}
