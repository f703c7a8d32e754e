const choiceElements = ['value', 'effective', 'medication', 'asNeeded', 'bounds', 'rate', 'author'];
/** `doseQuantity` and `doseRange` are the choice `dose`; `dose` itself is an element too. */
const doseChoices = ['doseQuantity', 'doseRange'];

/**
 * FHIRPath of an element: `Observation.component[1].value.code`. A choice element is named without its type
 * (FHIRPath §4.1: `Observation.value`, not `Observation.valueQuantity`).
 */
export function expressionOf(type: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((printed, part) => (typeof part === 'number' ? `${printed}[${part}]` : `${printed}.${elementName(String(part))}`), type);
}

function elementName(name: string): string {
  if (doseChoices.includes(name)) return 'dose';
  return choiceElements.find((element) => new RegExp(`^${element}[A-Z]`).test(name)) ?? name;
}
