import type { IssueType, ResourceIssue } from '../../fhir-failure.js';
import type { FhirResource } from '../../fhir-resource.js';
import type { AllowedExtension } from './allowed-extension.js';
import { error } from './issue.js';
import { expressionOf } from './structure/expression.js';

const MAXIMUM_EXTENSIONS = 20;
const MAXIMUM_TEXT = 20_000;

/** C0 controls except tab, CR and LF; DEL; and halves of surrogate pairs (G4, G6). */
const FORBIDDEN_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

type Path = readonly PropertyKey[];

/**
 * G7, "nothing smuggled": no `contained`, no `implicitRules`, extensions and modifier extensions only from the profile
 * (refused, not dropped); `meta` only `profile`.
 */
export function checkNothingSmuggled(resource: FhirResource, allowed: readonly AllowedExtension[]): readonly ResourceIssue[] {
  const issues = [...members(resource, [])].flatMap(({ name, value, path }): readonly ResourceIssue[] => {
    const refuse = (rule: string, code: IssueType, text: string) => [error(rule, code, text, expressionOf(resource.resourceType, path))];
    // `_element` carries the extensions of a primitive, and is refused whole: few profiles that we take back have any.
    const companion = path.findIndex((part) => typeof part === 'string' && part.startsWith('_'));
    if (companion >= 0 && !allowed.some(({ on }) => on === elementOf(path.slice(0, companion + 1)))) {
      return companion < path.length - 1 ? [] : refuse('G7-EXTENSION', 'extension', 'Deze aanvulling wordt niet aangenomen.');
    }
    switch (name) {
      case 'contained':
        return refuse('G7-CONTAINED', 'business-rule', 'Ingesloten gegevens worden niet aangenomen.');
      case 'implicitRules':
        return refuse('G7-IMPLICIT-RULES', 'business-rule', 'Afwijkende regels worden niet aangenomen.');
      case 'modifierExtension':
        return areAllowed(value, path, allowed, true) ? [] : refuse('G7-MODIFIER', 'extension', 'Een aanvulling die de betekenis verandert, wordt niet aangenomen.');
      case 'extension':
        return areAllowed(value, path, allowed, false) ? [] : refuse('G7-EXTENSION', 'extension', 'Deze aanvulling wordt niet aangenomen.');
      default:
        return [];
    }
  });
  return [...issues, ...checkMeta(resource)];
}

/** G7, "at most 20 of them": known or not, on whatever they stand. */
export function hasTooManyExtensions(resource: FhirResource): boolean {
  const found = [...members(resource, [])].filter(({ name, value }) => ['extension', 'modifierExtension'].includes(name) && Array.isArray(value));
  return found.reduce((sum, { value }) => sum + (value as readonly unknown[]).length, 0) > MAXIMUM_EXTENSIONS;
}

/** G6 on text: no control characters, at most 20 000 characters, never empty. Text is data and is stored as it came (G17). */
export function checkTexts(resource: FhirResource): readonly ResourceIssue[] {
  return [...members(resource, [])].flatMap(({ name, value, path }): readonly ResourceIssue[] => {
    if (typeof value !== 'string') return [];
    const refuse = (rule: string, code: IssueType, text: string) => [error(rule, code, text, expressionOf(resource.resourceType, path))];
    if (isLongerThan(value, MAXIMUM_TEXT)) return refuse('TEXT-LONG', 'too-long', 'De tekst is langer dan 20 000 tekens.');
    if (FORBIDDEN_CHARACTERS.test(value)) return refuse('TEXT-CONTROL', 'invalid', 'De tekst bevat tekens die niet zijn toegestaan.');
    // An empty text is the rule of reports and results, which say it better.
    if (value === '' && !['valueString', 'conclusion'].includes(name)) return refuse('G6', 'invalid', 'Dit onderdeel is leeg.');
    return [];
  });
}

/** In characters: an emoji is one, though it is two units of UTF-16. */
function isLongerThan(text: string, most: number): boolean {
  return text.length > most && (text.length > 2 * most || [...text].length > most);
}

function checkMeta(resource: FhirResource): readonly ResourceIssue[] {
  const meta = resource['meta'];
  if (typeof meta !== 'object' || meta === null) return [];
  const others = Object.keys(meta).filter((name) => !['profile', 'versionId', 'lastUpdated', 'extension'].includes(name));
  return others.map((name) => error('G7-META', 'business-rule', 'In meta is alleen profile toegestaan.', `${resource.resourceType}.meta.${name}`));
}

function areAllowed(value: unknown, path: Path, allowed: readonly AllowedExtension[], modifier: boolean): boolean {
  const on = elementOf(path.slice(0, -1));
  const given = Array.isArray(value) ? value : [value];
  return given.every((each) => allowed.some((one) => one.on === on && (one.modifier ?? false) === modifier && one.url === (each as { url?: unknown } | null)?.url && one.schema.safeParse(each).success));
}

/** Element names from the root, without their places. */
function elementOf(path: Path): string {
  return path.filter((part) => typeof part === 'string').join('.');
}

interface Member {
  readonly name: string;
  readonly value: unknown;
  readonly path: Path;
}

/** Every member at every depth, and every text inside an array under the name of that array. Narrative is dropped, so it is not entered. */
function* members(value: unknown, path: Path, name = ''): Generator<Member> {
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) {
      if (typeof each === 'string') yield { name, value: each, path: [...path, index] };
      else yield* members(each, [...path, index], name);
    }
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [member, each] of Object.entries(value)) {
    if (member === 'text' && isNarrative(each)) continue;
    yield { name: member, value: each, path: [...path, member] };
    yield* members(each, [...path, member], member);
  }
}

/** `text` is a narrative on a resource and on a section, and a sentence everywhere else. */
function isNarrative(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
