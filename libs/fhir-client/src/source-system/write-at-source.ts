import { type CreateManner, type FhirResource, FhirId, type IdentifiedResource, type ResourceDraft, screenReferred, URI_SYSTEM, valuesAt, withRelativeReferences } from '@anw/fhir';
import { z } from 'zod';
import { collectMatches } from './collect-matches.js';
import { exchangeWithSource, type SourceConnection } from './source-exchange.js';
import { SourceSystemError } from './source-system-error.js';

export interface WriteAtSource {
  readonly draft: ResourceDraft;
  /** What is to be stored, marked as written back. */
  readonly body: FhirResource;
  /** Ours for this write, the same at every attempt. */
  readonly id: string;
  readonly manner: CreateManner;
  /** Whether an earlier attempt may have arrived. */
  readonly again: boolean;
}

/** Stores a resource at the source system unless it is there already; answers it as that system has it. @throws SourceSystemError */
export async function writeAtSource(connection: SourceConnection, write: WriteAtSource, signal: AbortSignal): Promise<IdentifiedResource> {
  const ways = { 'update-as-create': putUnderOurId, 'conditional-create': createUnlessThere } satisfies Record<CreateManner, unknown>;
  const id = await ways[write.manner](connection, write, signal);
  const found = await readBack(connection, write, id, signal);
  if (found === undefined) throw new SourceSystemError('not-found');
  return found;
}

/** Under our own id a repeat finds what is there, and an attempt that arrives late changes nothing but a version number. */
async function putUnderOurId(connection: SourceConnection, write: WriteAtSource, signal: AbortSignal): Promise<string> {
  const { body, id, again } = write;
  if (again && (await readBack(connection, write, id, signal)) !== undefined) return id;
  await exchangeWithSource(connection, { method: 'PUT', url: `${connection.base}/${body.resourceType}/${id}`, body: { ...body, id } }, signal);
  return id;
}

/** The server names it; by its identifier it is found again, and by `If-None-Exist` not stored twice (FHIR R4 http §3.1.0.8.1). */
async function createUnlessThere(connection: SourceConnection, write: WriteAtSource, signal: AbortSignal): Promise<string> {
  const { body, token } = withIdentifier(write);
  const earlier = write.again ? await findByIdentifier(connection, write, token, signal) : undefined;
  if (earlier !== undefined) return earlier;
  const identifier = new URLSearchParams({ identifier: token }).toString();
  const answer = await exchangeWithSource(connection, { method: 'POST', url: `${connection.base}/${body.resourceType}`, body, headers: { 'if-none-exist': identifier } }, signal);
  const created = idInLocation(answer.headers, body.resourceType) ?? idInBody(answer.body) ?? (await findByIdentifier(connection, write, token, signal));
  if (created === undefined) throw new SourceSystemError('not-fhir');
  return created;
}

/** The identifier that the client gave, or one made of our id: single in a Composition, a list elsewhere. */
function withIdentifier({ draft, body, id }: WriteAtSource): { readonly body: FhirResource; readonly token: string } {
  if (draft.identifier !== undefined) return { body, token: `${draft.identifier.system}|${draft.identifier.value}` };
  const own = { system: URI_SYSTEM, value: `urn:uuid:${id}` };
  const given = Array.isArray(body['identifier']) ? (body['identifier'] as unknown[]) : [];
  return { body: { ...body, identifier: body.resourceType === 'Composition' ? own : [...given, own] }, token: `${own.system}|${own.value}` };
}

/** Only what has exactly this identifier and is this patient's counts, whatever the server finds. */
async function findByIdentifier(connection: SourceConnection, { body, draft }: WriteAtSource, token: string, signal: AbortSignal): Promise<string | undefined> {
  const found = await collectMatches(connection, body.resourceType, new URLSearchParams({ identifier: token }), signal);
  const named = found.flatMap((each) => {
    const parsed = z.looseObject({ id: FhirId, resourceType: z.literal(body.resourceType) }).safeParse(each);
    return parsed.success && identifiersOf(parsed.data).includes(token) ? [parsed.data] : [];
  });
  const { kept } = screenReferred(withRelativeReferences(named, connection.base), named.map(({ id }) => `${body.resourceType}/${id}`), draft.patient);
  return kept[0]?.id;
}

function identifiersOf(resource: FhirResource): readonly string[] {
  return valuesAt(resource, ['identifier']).map((identifier) => {
    const { system, value } = identifier as { system?: unknown; value?: unknown };
    return `${String(system)}|${String(value)}`;
  });
}

function idInLocation(headers: Headers, type: string): string | undefined {
  const id = new RegExp(`(?:^|/)${type}/([A-Za-z0-9.-]{1,64})(?:/_history/|$)`).exec(headers.get('location') ?? '')?.[1];
  return id;
}

function idInBody(body: unknown): string | undefined {
  const parsed = z.looseObject({ id: FhirId }).safeParse(body);
  return parsed.success ? parsed.data.id : undefined;
}

/** What the server has under that id, if it is this patient's. */
async function readBack(connection: SourceConnection, { body, draft }: WriteAtSource, id: string, signal: AbortSignal): Promise<IdentifiedResource | undefined> {
  const reference = `${body.resourceType}/${id}`;
  const read = await readAtSource(connection, reference, signal);
  return read === undefined ? undefined : screenReferred([read], [reference], draft.patient).kept[0];
}

/** One resource by its reference, unjudged; `undefined` when the server has none. @throws SourceSystemError */
export async function readAtSource(connection: SourceConnection, reference: string, signal: AbortSignal): Promise<unknown> {
  try {
    const { body } = await exchangeWithSource(connection, { method: 'GET', url: `${connection.base}/${reference}` }, signal);
    return withRelativeReferences(body, connection.base);
  } catch (error) {
    if (error instanceof SourceSystemError && error.fault === 'not-found') return undefined;
    throw error;
  }
}
