import type { ResourceIssue } from '../../fhir-failure.js';
import type { FhirResource } from '../../fhir-resource.js';
import { expressionOf } from './structure/expression.js';

/** An extension that a profile of ours knows, and the element it may stand on: `Observation` itself is the empty path. */
export interface AllowedExtension {
  readonly url: string;
  readonly on: string;
}

const MAXIMUM_EXTENSIONS = 20;
const MAXIMUM_TEXT = 20_000;

/** C0 controls except tab, CR and LF; DEL; and halves of surrogate pairs (G4, G6). */
const FORBIDDEN_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

type Path = readonly PropertyKey[];

/**
 * G7, "nothing smuggled": no `contained`, no `implicitRules`, no modifier extension, extensions only from the profile
 * (refused, not dropped) and at most 20 of them, no attachment that points elsewhere; `meta` only `profile`.
 */
export function checkNothingSmuggled(resource: FhirResource, allowed: readonly AllowedExtension[]): readonly ResourceIssue[] {
  let extensions = 0;
  const issues = [...members(resource, [])].flatMap(({ name, value, path }): readonly ResourceIssue[] => {
    const expression = expressionOf(resource.resourceType, path);
    switch (name) {
      case 'contained':
        return [{ rule: 'G7-CONTAINED', severity: 'error', code: 'business-rule', text: 'Ingesloten gegevens worden niet aangenomen.', expression }];
      case 'implicitRules':
        return [{ rule: 'G7-IMPLICIT-RULES', severity: 'error', code: 'business-rule', text: 'Afwijkende regels worden niet aangenomen.', expression }];
      case 'modifierExtension':
        return [{ rule: 'G7-MODIFIER', severity: 'error', code: 'extension', text: 'Een aanvulling die de betekenis verandert, wordt niet aangenomen.', expression }];
      case 'extension':
        extensions += Array.isArray(value) ? value.length : 1;
        return isAllowedExtension(value, path, allowed) ? [] : [{ rule: 'G7-EXTENSION', severity: 'error', code: 'extension', text: 'Deze aanvulling wordt niet aangenomen.', expression }];
      default:
        // `_element` carries the extensions of a primitive; no profile that we take back has any.
        return name.startsWith('_') ? [{ rule: 'G7-EXTENSION', severity: 'error', code: 'extension', text: 'Deze aanvulling wordt niet aangenomen.', expression }] : [];
    }
  });
  const tooMany: readonly ResourceIssue[] = extensions > MAXIMUM_EXTENSIONS ? [{ rule: 'G7-EXTENSION', severity: 'error', code: 'too-costly', text: 'Er zijn te veel aanvullingen.' }] : [];
  return [...issues, ...checkMeta(resource), ...tooMany];
}

/** G6 on text: no control characters, at most 20 000 characters, never empty. Text is data and is stored as it came (G17). */
export function checkTexts(resource: FhirResource): readonly ResourceIssue[] {
  return [...members(resource, [])].flatMap(({ name, value, path }): readonly ResourceIssue[] => {
    if (typeof value !== 'string') return [];
    const expression = expressionOf(resource.resourceType, path);
    if (value.length > MAXIMUM_TEXT) return [{ rule: 'TEXT-LONG', severity: 'error', code: 'too-long', text: 'De tekst is langer dan 20 000 tekens.', expression }];
    if (FORBIDDEN_CHARACTERS.test(value)) return [{ rule: 'TEXT-CONTROL', severity: 'error', code: 'invalid', text: 'De tekst bevat tekens die niet zijn toegestaan.', expression }];
    // An empty value is the report's own rule, which says it better.
    if (value === '' && name !== 'valueString') return [{ rule: 'G6', severity: 'error', code: 'invalid', text: 'Dit onderdeel is leeg.', expression }];
    return [];
  });
}

function checkMeta(resource: FhirResource): readonly ResourceIssue[] {
  const meta = resource['meta'];
  if (typeof meta !== 'object' || meta === null) return [];
  const others = Object.keys(meta).filter((name) => !['profile', 'versionId', 'lastUpdated', 'extension'].includes(name));
  return others.map((name) => ({ rule: 'G7-META', severity: 'error', code: 'business-rule', text: 'In meta is alleen profile toegestaan.', expression: `${resource.resourceType}.meta.${name}` }));
}

function isAllowedExtension(value: unknown, path: Path, allowed: readonly AllowedExtension[]): boolean {
  const on = path.slice(0, -1).filter((part) => typeof part === 'string').join('.');
  const extensions = Array.isArray(value) ? value : [value];
  return extensions.every((extension) => allowed.some((each) => each.on === on && each.url === (extension as { url?: unknown } | null)?.url) && !hasNested(extension));
}

function hasNested(extension: unknown): boolean {
  return typeof extension === 'object' && extension !== null && Object.hasOwn(extension, 'extension');
}

interface Member {
  readonly name: string;
  readonly value: unknown;
  readonly path: Path;
}

/** Every member at every depth, and every text inside an array under the name of that array. Narrative is dropped and `_element` refused whole, so neither is entered. */
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
    if (path.length === 0 && member === 'text') continue;
    yield { name: member, value: each, path: [...path, member] };
    if (!member.startsWith('_')) yield* members(each, [...path, member], member);
  }
}
