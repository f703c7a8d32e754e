import { parseStrictJson, StrictJsonError } from '@anw/identity';
import { createHash } from 'node:crypto';
import { fhirOk, type FhirResult, fhirRefusal, type ResourceIssue } from '../../fhir-failure.js';
import { FhirResource } from '../../fhir-resource.js';
import type { ResourceDraft } from '../../fhir-source.js';
import { searchTokensOf } from '../resource-facts.js';
import { zibs } from '../zibs.js';
import { checkNothingSmuggled, checkTexts } from './check-content.js';
import { checkObservation } from './check-observation.js';
import { hasOtherAuthor, isOutsideScope } from './check-scope.js';
import { error } from './issue.js';
import { checkStructure } from './structure/check-structure.js';
import { Observation } from './structure/observation.js';
import type { WritableZib } from './writable-zib.js';
import { writableZibs } from './writable-zibs.js';
import type { WriteContext } from './write-context.js';

/** G3: "body at most 256 KiB". */
export const MAXIMUM_BODY_BYTES = 256 * 1_024;

export interface PreparedCreate {
  readonly draft: ResourceDraft;
  /** Soft limits that were passed: stored all the same, and told (G15). */
  readonly warnings: readonly ResourceIssue[];
}

/**
 * Reads and judges a posted resource (spec anw-fhir-profiles §9.1, in its order) and makes the draft that the source
 * stores: author set from the token, narrative, id and version of the client left out. All faults are collected; a
 * fault of scope stands alone and says nothing.
 */
export function prepareCreate(body: string | Uint8Array, type: string, context: WriteContext): FhirResult<PreparedCreate> {
  const read = readResource(body, type);
  if (!read.ok) return read;
  const resource = read.value;
  const writable = writableZibOf(resource);
  const smuggled = [...checkNothingSmuggled(resource, writable?.extensions ?? []), ...checkTexts(resource)];
  if (smuggled.length > 0) return fhirRefusal('invalid-resource', 'content', smuggled);
  const structured = checkStructure(Observation, resource);
  if (!structured.ok) return structured;
  const observation = structured.value;
  if (isOutsideScope(observation, context)) return fhirRefusal('outside-policy', 'subject-outside-scope');
  if (writable === undefined) return fhirRefusal('invalid-resource', 'no-writable-zib', [unknownKind(observation)]);
  if (hasOtherAuthor(observation, context)) return fhirRefusal('forbidden-content', 'another-author', [otherAuthor(writable)]);
  const issues = [...checkProfile(observation, writable), ...checkObservation(observation, context), ...writable.check(observation)];
  if (issues.some(({ severity }) => severity === 'error')) return fhirRefusal('invalid-resource', 'rules', issues);
  return fhirOk({ draft: toDraft(resource, observation, context), warnings: issues });
}

/** G3 to G5: size, strict JSON, and "`resourceType` equals the type in the URL". */
function readResource(body: string | Uint8Array, type: string): FhirResult<FhirResource> {
  if (Buffer.byteLength(body) > MAXIMUM_BODY_BYTES) return fhirRefusal('body-too-large', 'body-too-large');
  const parsed = FhirResource.safeParse(parseJson(body));
  if (!parsed.success) return fhirRefusal('unreadable-resource', 'not-a-resource');
  if (parsed.data.resourceType === type) return fhirOk(parsed.data);
  return fhirRefusal('unreadable-resource', 'resource-type', [error('G5', 'structure', 'Het soort gegeven komt niet overeen met het adres.', 'resourceType')]);
}

/** What is no strict JSON is `undefined`, which is no resource either. */
function parseJson(body: string | Uint8Array): unknown {
  try {
    return parseStrictJson(body);
  } catch (cause) {
    if (cause instanceof StrictJsonError) return undefined;
    throw cause;
  }
}

/** G11: the code decides which zib it is; a resource that is two at once is neither. */
function writableZibOf(resource: FhirResource): WritableZib | undefined {
  const tokens = searchTokensOf(resource);
  const fitting = writableZibs.filter(
    ({ zib }) => zib.type === resource.resourceType && tokens.some(({ parameter, token }) => parameter === zib.recognisedBy?.parameter && token === zib.recognisedBy.token),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** A resource that claims a profile is told which code that profile wants. */
function unknownKind({ meta }: Observation): ResourceIssue {
  const claimed = writableZibs.find(({ zib }) => meta?.profile?.includes(zib.profile));
  return claimed?.wrongCode ?? error('G11-CODE', 'code-invalid', 'Dit soort meting of rapportage wordt niet aangenomen.', 'Observation.code');
}

/** G11: "absent, or one known profile that fits type and code; an unknown profile is an error, not a reason to skip validation". */
function checkProfile({ meta }: Observation, { zib }: WritableZib): readonly ResourceIssue[] {
  const profiles = meta?.profile ?? [];
  if (profiles.length > 1) return [error('G11-PROFILE', 'not-supported', 'Noem ten hoogste één profiel.', 'Observation.meta.profile')];
  const [profile] = profiles;
  if (profile === undefined || profile === zib.profile) return [];
  const known = zibs.some((each) => each.profile === profile);
  return [error('G11-PROFILE', known ? 'invalid' : 'not-supported', known ? 'Het profiel past niet bij de code.' : 'Dit profiel is niet bekend.', 'Observation.meta.profile[0]')];
}

function otherAuthor({ authorRule }: WritableZib): ResourceIssue {
  return error(authorRule, 'forbidden', 'De auteur ontbreekt of is niet de aangemelde medewerker.', 'Observation.performer');
}

function toDraft(resource: FhirResource, { identifier, meta }: Observation, { patient, origin }: WriteContext): ResourceDraft {
  const { id: _id, meta: _meta, text: _text, ...content } = resource;
  const body = {
    ...content,
    resourceType: resource.resourceType,
    ...(meta?.profile === undefined ? {} : { meta: { profile: meta.profile } }),
    performer: [{ type: 'Practitioner', identifier: { system: origin.actor, value: origin.practitioner.identifier }, display: origin.practitioner.name }],
  };
  const [name] = identifier ?? [];
  return {
    patient,
    body,
    ...(name?.system === undefined || name.value === undefined ? {} : { identifier: { system: name.system, value: name.value } }),
    fingerprint: createHash('sha256').update(canonicalJson(body)).digest('hex'),
    origin,
  };
}

/** The same content prints the same, whatever the order of its members. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${canonicalJson(each)}`).join(',')}}`;
}
