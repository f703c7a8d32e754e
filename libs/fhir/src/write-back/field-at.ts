/** Which member of the input an element of the resource comes from: `['Observation.component[1]', 'diastolic']`. */
export type ElementFields<Field extends string> = readonly (readonly [element: string, field: Field])[];

/** The first element that holds the expression, so that the narrower ones come first. */
export function fieldAt<Field extends string>(fields: ElementFields<Field>, expression: string): Field | undefined {
  return fields.find(([element]) => expression === element || (expression.startsWith(element) && /^[.[]/.test(expression.slice(element.length))))?.[1];
}
