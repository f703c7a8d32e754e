import { UCUM } from '../r4/code-systems.js';
import { type DoseUnit, doseUnits, G_STANDARD_ROUTES, G_STANDARD_UNITS, type ProductList, productLists, QUANTITY_TRANSLATION } from '../r4/medication-lists.js';
import { concept } from './elements.js';

/** A product of the dossier by its reference, or one that is coded in the G-Standaard or ATC (spec anw-fhir-profiles §9.2). */
export type ProductInput = { readonly reference: string; readonly name?: string | undefined } | { readonly list: ProductList; readonly code: string; readonly name: string };

/** The choice element `medication[x]`. */
export function medicationOf(product: ProductInput): object {
  if ('reference' in product) return { medicationReference: { reference: product.reference, type: 'Medication', ...(product.name === undefined ? {} : { display: product.name }) } };
  const { list, code, name } = product;
  return { medicationCodeableConcept: { ...concept({ system: productLists[list], code, display: name }), text: name } };
}

export interface DoseInput {
  readonly amount: number;
  readonly unit: DoseUnit;
}

/** `pattern-GstdSimpleQuantity`: UCUM, with the unit of the G-Standaard beside it. */
export function doseQuantity({ amount, unit }: DoseInput): object {
  const { ucum, gStandard } = doseUnits[unit];
  return {
    extension: [{ url: QUANTITY_TRANSLATION, valueQuantity: { value: amount, unit, system: G_STANDARD_UNITS, code: gStandard } }],
    value: amount,
    unit,
    system: UCUM,
    code: ucum,
  };
}

/** A way of giving, as the agreement names it: `9`, "oraal". */
export interface RouteInput {
  readonly code: string;
  readonly name: string;
}

export function routeOf({ code, name }: RouteInput): object {
  return concept({ system: G_STANDARD_ROUTES, code, display: name });
}
