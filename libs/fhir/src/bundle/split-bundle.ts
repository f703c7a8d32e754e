import { createHash } from 'node:crypto';
import { z } from 'zod';
import { FhirId, FhirResource, type IdentifiedResource, referenceTo } from '../fhir-resource.js';

export interface SplitBundle {
  readonly patient: IdentifiedResource;
  /** Everything, the patient included, each with an id and with references of the form `Type/id`. */
  readonly resources: readonly IdentifiedResource[];
}

export type BundleFault = 'not-fhir' | 'not-a-bundle-of-resources' | 'entry-without-resource' | 'no-patient' | 'more-than-one-patient' | 'twice-the-same-id';

/** A bundle we cannot take apart; the message says where, without any content. */
export class BundleError extends Error {
  override readonly name = 'BundleError';

  constructor(readonly code: BundleFault, message: string) {
    super(message);
  }
}

const Bundle = z.looseObject({
  resourceType: z.literal('Bundle'),
  type: z.enum(['collection', 'transaction', 'batch', 'searchset', 'document', 'transaction-response', 'batch-response', 'history']),
  entry: z.array(z.looseObject({ fullUrl: z.string().optional(), resource: z.unknown().optional() })).default([]),
});

interface Entry {
  readonly fullUrl?: string;
  readonly resource: FhirResource;
}

/**
 * Takes a dossier apart: a Bundle, an array of resources, or one resource. References by `fullUrl` (`urn:uuid:…` or a
 * URL of the server it came from) become relative ones; a resource without an id gets one from its `fullUrl`, else
 * from its content, so that loading the same file again changes nothing.
 * @throws BundleError
 */
export function splitBundle(input: unknown): SplitBundle {
  const entries = readEntries(input).map(withId);
  const ids = new Map(entries.map(({ fullUrl, resource }) => [fullUrl ?? referenceTo(resource), referenceTo(resource)]));
  const resources = entries.map(({ resource }) => withRelativeReferences(resource, ids));
  requireDistinct(resources);
  return { patient: onlyPatient(resources), resources };
}

function readEntries(input: unknown): readonly Entry[] {
  if (Array.isArray(input)) return input.map((each, index) => ({ resource: readResource(each, `element ${index + 1}`) }));
  const resource = readResource(input, 'the document');
  if (resource.resourceType !== 'Bundle') return [{ resource }];
  const bundle = Bundle.safeParse(input);
  if (!bundle.success) throw new BundleError('not-a-bundle-of-resources', 'the Bundle has no known type or its entries are not a list');
  return bundle.data.entry.map(({ fullUrl, resource: each }, index) => {
    if (each === undefined) throw new BundleError('entry-without-resource', `entry ${index + 1} of the Bundle has no resource`);
    return { ...(fullUrl === undefined ? {} : { fullUrl }), resource: readResource(each, `entry ${index + 1} of the Bundle`) };
  });
}

function readResource(value: unknown, place: string): FhirResource {
  const parsed = FhirResource.safeParse(value);
  if (!parsed.success) throw new BundleError('not-fhir', `${place} is no FHIR resource: resourceType is missing or id is not a FHIR id`);
  return parsed.data;
}

function withId({ fullUrl, resource }: Entry): { readonly fullUrl?: string; readonly resource: IdentifiedResource } {
  const named = FhirId.safeParse(resource.id ?? fullUrl?.split(/[:/]/).at(-1));
  const id = named.success ? named.data : createHash('sha256').update(JSON.stringify(resource)).digest('hex').slice(0, 32);
  return { ...(fullUrl === undefined ? {} : { fullUrl }), resource: { ...resource, id } };
}

function withRelativeReferences(resource: IdentifiedResource, ids: ReadonlyMap<string, string>): IdentifiedResource {
  return rewrite(resource, ids) as IdentifiedResource;
}

function rewrite(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((each) => rewrite(each, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, name === 'reference' && typeof each === 'string' ? (ids.get(each) ?? each) : rewrite(each, ids)]));
}

function requireDistinct(resources: readonly IdentifiedResource[]): void {
  const seen = new Set<string>();
  for (const resource of resources) {
    if (seen.has(referenceTo(resource))) throw new BundleError('twice-the-same-id', `two resources of type ${resource.resourceType} have the same id`);
    seen.add(referenceTo(resource));
  }
}

function onlyPatient(resources: readonly IdentifiedResource[]): IdentifiedResource {
  const [patient, ...others] = resources.filter(({ resourceType }) => resourceType === 'Patient');
  if (patient === undefined) throw new BundleError('no-patient', 'there is no Patient among the resources');
  if (others.length > 0) throw new BundleError('more-than-one-patient', `there are ${others.length + 1} Patients; a dossier is about one`);
  return patient;
}
