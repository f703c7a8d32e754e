import type { FhirResource } from '../../fhir-resource.js';

const WARNING = 'Deze regel heeft een aanvulling die de betekenis kan veranderen. Raadpleeg de bron.';

/**
 * A modifier that we do not know may turn the meaning round: said on every line, never swallowed (spec
 * anw-fhir-profiles §10.3). @param known URLs that the line itself shows.
 */
export function modifierWarnings(resource: FhirResource, known: readonly string[] = []): readonly string[] {
  return unknownModifiers(resource, known).length > 0 ? [WARNING] : [];
}

/** Every `modifierExtension` member at any depth that holds anything but known extensions, as the source gave it. */
export function unknownModifiers(value: unknown, known: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((each) => unknownModifiers(each, known));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (name !== 'modifierExtension') return unknownModifiers(member, known);
    return Array.isArray(member) && member.length > 0 ? member.filter((extension) => !isKnown(extension, known)) : [member];
  });
}

function isKnown(extension: unknown, known: readonly string[]): boolean {
  const url = typeof extension === 'object' && extension !== null ? (extension as { readonly url?: unknown }).url : undefined;
  return typeof url === 'string' && known.includes(url);
}
