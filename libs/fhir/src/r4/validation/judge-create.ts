import { createHash } from 'node:crypto';
import { fhirOk, type FhirResult, fhirRefusal, type ResourceIssue } from '../../fhir-failure.js';
import type { FhirResource } from '../../fhir-resource.js';
import type { ResourceDraft } from '../../fhir-source.js';
import { valuesAt, zibOf } from '../resource-facts.js';
import { zibs } from '../zibs.js';
import { checkNothingSmuggled, checkTexts, hasTooManyExtensions } from './check-content.js';
import { type HeldReference, readReferences } from './check-references.js';
import { authorReference, isAuthor, isOutsideScope } from './check-scope.js';
import { checkWritten, identifiersOf } from './check-written.js';
import { error } from './issue.js';
import { readPosted } from './read-posted.js';
import { resolveReferences } from './resolve-references.js';
import { checkStructure } from './structure/check-structure.js';
import { type WritableType, writableTypes } from './writable-type.js';
import type { WritableZib } from './writable-zib.js';
import { writableZibs } from './writable-zibs.js';
import type { WriteContext } from './write-context.js';
import type { WriteRecord } from './write-record.js';
import type { Written } from './written.js';

export interface PreparedCreate {
  readonly draft: ResourceDraft;
  /** Soft limits that were passed: stored all the same, and told (G15). */
  readonly warnings: readonly ResourceIssue[];
}

/** A write whose own content holds; what it says of the rest of the record is still to be seen. */
export interface JudgedCreate extends PreparedCreate {
  readonly checkInRecord: (record: WriteRecord) => Promise<FhirResult<PreparedCreate>>;
}

/**
 * Reads and judges a posted resource (spec anw-fhir-profiles §9.1, in its order) and makes the draft that the source
 * stores: author set from the token, narrative, id and version of the client left out. All faults are collected; a
 * fault of scope stands alone and says nothing. Asks nothing of the record, so that a bad write costs it nothing.
 */
export function judgeCreate(body: string | Uint8Array, type: string, context: WriteContext): FhirResult<JudgedCreate> {
  const writableType = writableTypes.get(type);
  if (writableType === undefined) return fhirRefusal('outside-policy', 'type-not-written-back');
  const read = readPosted(body, type);
  if (!read.ok) return read;
  const resource = read.value;
  if (hasTooManyExtensions(resource)) return fhirRefusal('body-too-large', 'extensions', [error('G7-EXTENSION', 'too-costly', 'Er zijn te veel aanvullingen.')]);
  const writable = writableZibOf(resource);
  const smuggled = [...checkNothingSmuggled(resource, (writable ?? claimedZib(resource))?.extensions ?? []), ...checkTexts(resource)];
  if (smuggled.length > 0) return fhirRefusal('invalid-resource', 'content', smuggled);
  const structured = checkStructure(writableType.structure, resource);
  if (!structured.ok) return structured;
  const written = structured.value;
  if (isOutsideScope(written.subject, context)) return fhirRefusal('outside-policy', 'subject-outside-scope');
  if (writable === undefined) return fhirRefusal('invalid-resource', 'no-writable-zib', [unknownKind(resource, writableType)]);
  if (writableType.author.of(written).some((author) => !isAuthor(author, context))) return fhirRefusal('forbidden-content', 'another-author', [otherAuthor(written, writableType, writable)]);
  const references = readReferences(resource, { references: writable.references ?? [], authorElement: writableType.author.element }, context);
  const issues = [...checkProfile(written, writable), ...checkWritten(written, writableType, writable, context), ...references.issues, ...writable.check(written)];
  if (hasErrors(issues)) return fhirRefusal('invalid-resource', 'rules', issues);
  const prepared = { draft: toDraft(resource, written, writableType, context), warnings: issues };
  return fhirOk({ ...prepared, checkInRecord: (record) => checkInRecord({ prepared, written, writable, held: references.held, context, record }) });
}

interface InRecord {
  readonly prepared: PreparedCreate;
  readonly written: Written;
  readonly writable: WritableZib;
  readonly held: readonly HeldReference[];
  readonly context: WriteContext;
  readonly record: WriteRecord;
}

/** G9: its references resolve here; then what the zib asks of the record. */
async function checkInRecord({ prepared, written, writable, held, context, record }: InRecord): Promise<FhirResult<PreparedCreate>> {
  const resolved = await resolveReferences(held, record, context);
  if (resolved.issues.length > 0) return fhirRefusal('invalid-resource', 'references', resolved.issues);
  const found = (await writable.checkInRecord?.(written, { patient: context.patient, record, references: resolved.references })) ?? [];
  const issues = [...prepared.warnings, ...found];
  return hasErrors(found) ? fhirRefusal('invalid-resource', 'record', issues) : fhirOk({ draft: prepared.draft, warnings: issues });
}

function hasErrors(issues: readonly ResourceIssue[]): boolean {
  return issues.some(({ severity }) => severity === 'error');
}

/** G11: the code decides which zib it is; a resource that is two at once is neither. */
function writableZibOf(resource: FhirResource): WritableZib | undefined {
  const zib = zibOf(resource);
  return zib === undefined ? undefined : writableZibs.find((each) => each.zib.name === zib.name);
}

/** What a resource whose code tells nothing seems to be: the one zib of its type, else the one whose profile it claims. */
function claimedZib(resource: FhirResource): WritableZib | undefined {
  const ofType = writableZibs.filter(({ zib }) => zib.type === resource.resourceType);
  const profiles = valuesAt(resource, ['meta', 'profile']);
  return ofType.length === 1 ? ofType[0] : ofType.find(({ zib }) => profiles.includes(zib.profile));
}

/** Told which code that wants. */
function unknownKind(resource: FhirResource, { kindElement }: WritableType): ResourceIssue {
  return claimedZib(resource)?.wrongCode ?? error('G11-CODE', 'code-invalid', 'Dit soort meting of rapportage wordt niet aangenomen.', `${resource.resourceType}.${kindElement}`);
}

/** G11: "absent, or one known profile that fits type and code; an unknown profile is an error, not a reason to skip validation". */
function checkProfile({ resourceType, meta }: Written, { zib }: WritableZib): readonly ResourceIssue[] {
  const at = `${resourceType}.meta.profile`;
  const [profile, ...others] = meta?.profile ?? [];
  if (others.length > 0) return [error('G11-PROFILE', 'not-supported', 'Noem ten hoogste één profiel.', at)];
  if (profile === undefined || profile === zib.profile) return [];
  const known = zibs.some((each) => each.profile === profile);
  return [error('G11-PROFILE', known ? 'invalid' : 'not-supported', known ? 'Het profiel past niet bij de code.' : 'Dit profiel is niet bekend.', `${at}[0]`)];
}

function otherAuthor({ resourceType }: Written, { author }: WritableType, { authorRule }: WritableZib): ResourceIssue {
  return error(authorRule, 'forbidden', 'De auteur ontbreekt of is niet de aangemelde medewerker.', `${resourceType}.${author.element}`);
}

function toDraft(resource: FhirResource, written: Written, { author }: WritableType, { patient, origin }: WriteContext): ResourceDraft {
  const { id: _id, meta: _meta, text: _text, ...content } = resource;
  const profile = written.meta?.profile;
  const kept = { ...withoutSectionNarrative(content), resourceType: resource.resourceType, ...(profile === undefined ? {} : { meta: { profile } }) };
  const body = author.set(kept, authorReference(origin));
  const [name] = identifiersOf(written);
  return {
    patient,
    body,
    ...(name?.system === undefined || name.value === undefined ? {} : { identifier: { system: name.system, value: name.value } }),
    fingerprint: createHash('sha256').update(canonicalJson(body)).digest('hex'),
    origin,
  };
}

/** G17: narrative "is dropped on input", that of a section too. */
function withoutSectionNarrative(content: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const sections = content['section'];
  if (!Array.isArray(sections)) return content;
  return { ...content, section: sections.map(({ text: _text, ...section }: Record<string, unknown>) => section) };
}

/** The same content prints the same, whatever the order of its members. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${canonicalJson(each)}`).join(',')}}`;
}
