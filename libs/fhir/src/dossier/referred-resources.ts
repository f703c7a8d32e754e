import type { FhirResource } from '../fhir-resource.js';
import { valuesAt } from '../r4/resource-facts.js';
import type { DossierPartName } from './dossier-queries.js';

/** A resource that a line needs and no search gives: to be read by its id. */
export interface ReferredResource {
  readonly type: string;
  readonly id: string;
}

/** What is read whatever the reference says of it: the lines of a SOAP report, the specimen of a laboratory result. */
const content: Partial<Readonly<Record<DossierPartName, { readonly path: readonly string[]; readonly type: string }>>> = {
  'soap-report': { path: ['section', 'entry'], type: 'Observation' },
  'laboratory-test-result': { path: ['specimen'], type: 'Specimen' },
};

/** Elements that name a person or an organisation by whom a line is signed. */
const authorPaths: readonly (readonly string[])[] = [
  ['author'],
  ['performer'],
  ['performer', 'actor'],
  ['recorder'],
  ['asserter'],
  ['requester'],
  ['contributor'],
  ['generalPractitioner'],
  ['practitioner'],
  ['organization'],
];
const authorTypes: readonly string[] = ['Practitioner', 'PractitionerRole', 'Organization'];

/** One read each; more than that of one search is more than a nurse looks at. */
const MAXIMUM_READS = 60;

/**
 * What must be read to show these resources of a part: SOAP lines and specimens, and who signed where the reference has
 * no words for it. Each once, none of those that came already.
 */
export function referredResources(part: DossierPartName, resources: readonly FhirResource[], known: ReadonlySet<string>): readonly ReferredResource[] {
  const wanted = resources.flatMap((resource) => [...contentOf(part, resource), ...authorsOf(resource)]);
  const unknown = [...new Set(wanted)].filter((reference) => !known.has(reference));
  return unknown.slice(0, MAXIMUM_READS).map((reference) => {
    const [type = '', id = ''] = reference.split('/');
    return { type, id };
  });
}

function contentOf(part: DossierPartName, resource: FhirResource): readonly string[] {
  const wanted = content[part];
  return wanted === undefined ? [] : valuesAt(resource, wanted.path).flatMap((reference) => literalOf(reference, [wanted.type]));
}

function authorsOf(resource: FhirResource): readonly string[] {
  return authorPaths.flatMap((path) => valuesAt(resource, path)).flatMap((reference) => (hasWords(reference) ? [] : literalOf(reference, authorTypes)));
}

function hasWords(reference: unknown): boolean {
  const { display } = (typeof reference === 'object' && reference !== null ? reference : {}) as { readonly display?: unknown };
  return typeof display === 'string' && display !== '';
}

/** Only a relative literal reference can be read; anything else leads away from the custodian. */
function literalOf(reference: unknown, types: readonly string[]): readonly string[] {
  const { reference: literal } = (typeof reference === 'object' && reference !== null ? reference : {}) as { readonly reference?: unknown };
  const type = typeof literal === 'string' ? /^([A-Z][A-Za-z]*)\/[A-Za-z0-9.-]{1,64}$/.exec(literal)?.[1] : undefined;
  return type !== undefined && types.includes(type) ? [literal as string] : [];
}
