/** A FHIR R4 resource as JSON. */
export interface FhirResource {
  readonly resourceType: string;
  readonly id: string;
  readonly [element: string]: unknown;
}

export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display: string;
}

export interface Reference {
  readonly reference: string;
  readonly type: string;
  readonly display?: string;
}

/** Canonical of a published profile of the Dutch core or the medication programme. */
export function profile(name: string): { readonly profile: readonly [string] } {
  return { profile: [`http://nictiz.nl/fhir/StructureDefinition/${name}`] };
}

export function snomed(code: string, display: string): Coding {
  return { system: 'http://snomed.info/sct', code, display };
}

export function loinc(code: string, display: string): Coding {
  return { system: 'http://loinc.org', code, display };
}

export function concept(...coding: readonly Coding[]): { readonly coding: readonly Coding[]; readonly text: string } {
  return { coding, text: coding[0]?.display ?? '' };
}

/** An amount with its unit, both as people read it and as UCUM code. */
export function quantity(value: number, code: string, unit = code): { value: number; unit: string; system: string; code: string } {
  return { value, unit, system: 'http://unitsofmeasure.org', code };
}

export function referenceTo(resource: FhirResource, display?: string): Reference {
  return { reference: `${resource.resourceType}/${resource.id}`, type: resource.resourceType, ...(display !== undefined && { display }) };
}
