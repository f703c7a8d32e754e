import type { ResourceIssue } from '../../fhir-failure.js';
import { FhirId, type FhirResource } from '../../fhir-resource.js';
import { type AllowedReference, unknownReference, type WrittenReference } from './allowed-reference.js';
import { isAuthor } from './check-scope.js';
import { expressionOf } from './structure/expression.js';
import type { WriteContext } from './write-context.js';

/** A reference that is allowed where it stands, still to be found. */
export interface HeldReference {
  /** `Observation/12`. */
  readonly reference: string;
  readonly type: string;
  readonly id: string;
  readonly expression: string;
  readonly rule: AllowedReference;
}

/** Every element of the five types that holds a reference (FHIR R4), but the images of a report, which a rule of their own refuses whole. */
const referring = new Set([
  'actor', 'assigner', 'author', 'authorReference', 'basedOn', 'context', 'custodian', 'derivedFrom', 'detail', 'device', 'encounter', 'entry', 'eventHistory', 'focus', 'hasMember',
  'imagingStudy', 'informationSource', 'medicationReference', 'partOf', 'party', 'performer', 'reasonReference', 'request', 'result', 'resultsInterpreter', 'specimen', 'subject',
  'supportingInformation', 'targetReference', 'valueReference',
]);

/**
 * G9: "every other reference is relative, of an allowed type". Whether it resolves here, and to what, is a question to
 * the record; `held` are the ones to ask for. Subject and author are judged by rules of their own.
 */
export function readReferences(
  resource: FhirResource,
  { references, authorElement }: { readonly references: readonly AllowedReference[]; readonly authorElement: string },
  context: Pick<WriteContext, 'origin'>,
): { readonly issues: readonly ResourceIssue[]; readonly held: readonly HeldReference[] } {
  const issues: ResourceIssue[] = [];
  const held: HeldReference[] = [];
  for (const { value, path } of referencesIn(resource, [])) {
    const on = path.filter((part) => typeof part === 'string').join('.');
    if (on === 'subject' || on === authorElement) continue;
    const rule = references.find((each) => each.on === on);
    if (rule?.orAuthor === true && (isAuthor(value, context) || isNobodyInParticular(value))) continue;
    const expression = expressionOf(resource.resourceType, path);
    const literal = rule === undefined ? undefined : literalOf(value, rule.types);
    if (rule === undefined || literal === undefined) issues.push(unknownReference(expression));
    else held.push({ ...literal, expression, rule });
  }
  return { issues, held };
}

/** `{ type: 'Practitioner' }`: the one who writes. */
function isNobodyInParticular({ reference, type, identifier }: WrittenReference): boolean {
  return reference === undefined && identifier === undefined && type === 'Practitioner';
}

/** `Type/id` and no identifier beside it; anything else names what cannot be held against the record. */
function literalOf({ reference, type: claimed, identifier }: WrittenReference, types: readonly string[]): Pick<HeldReference, 'reference' | 'type' | 'id'> | undefined {
  const [type, id, ...rest] = reference?.split('/') ?? [];
  if (identifier !== undefined || type === undefined || id === undefined || rest.length > 0) return undefined;
  if (!types.includes(type) || !FhirId.safeParse(id).success || (claimed !== undefined && claimed !== type)) return undefined;
  return { reference: `${type}/${id}`, type, id };
}

interface FoundReference {
  readonly value: WrittenReference;
  readonly path: readonly PropertyKey[];
}

function* referencesIn(value: unknown, path: readonly PropertyKey[]): Generator<FoundReference> {
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) yield* referencesIn(each, [...path, index]);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const name = path.findLast((part) => typeof part === 'string');
  // A performer of an administration is an object that holds the reference; every other is the reference itself.
  if (referring.has(String(name)) && !Object.hasOwn(value, 'actor')) yield { value, path };
  for (const [member, each] of Object.entries(value)) yield* referencesIn(each, [...path, member]);
}
