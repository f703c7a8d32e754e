import { type AllowedSearch, allowedSearches, type ChapterFourItem, IdentifiedResource, referenceTo, tellingTokens, writtenValue, type Zib, zibOf } from '@anw/fhir';
import { z } from 'zod';
import { askFhir } from '../support/fhir-request.js';
import type { Strangers } from '../support/strangers.js';

/** Who asks at the custodian's partner door, and on which token. */
export interface Asking {
  readonly strangers: Strangers;
  readonly token: string;
}

const Searchset = z.object({
  resourceType: z.literal('Bundle'),
  type: z.literal('searchset'),
  total: z.number().int(),
  entry: z.array(z.object({ resource: IdentifiedResource, search: z.object({ mode: z.enum(['match', 'include']) }) })),
});

/** Search of the policy → references to what it found. */
export type Finds = ReadonlyMap<string, readonly string[]>;

/** Finds the item by every search that the policy has for it, by code and by profile. @throws Error when one of them finds nothing, or something else */
export async function findItem(item: ChapterFourItem, asking: Asking): Promise<Finds> {
  const finds = new Map<string, readonly string[]>();
  for (const search of searchesFor(item)) finds.set(search.name, await findBy(search, asking));
  return finds;
}

export function searchesFor(item: ChapterFourItem): readonly AllowedSearch[] {
  return allowedSearches.filter(({ zib }) => item.zibs.includes(zib));
}

/** The request of an allowed search, as §3 of spec anw-fhir-profiles writes it. */
export function requestOf(search: AllowedSearch, patient: string): string {
  const { discriminator } = search;
  return requestWith(search, patient, discriminator === undefined ? [] : [[discriminator.parameter, writtenValue(discriminator)]]);
}

async function findBy(search: AllowedSearch, asking: Asking): Promise<readonly string[]> {
  const { patient } = asking.strangers.custodian;
  const byCode = await searchset(requestOf(search, patient), asking);
  const matches = byCode.entry.filter((entry) => entry.search.mode === 'match').map(({ resource }) => resource);
  if (matches.length === 0) throw new Error(`${search.name} finds nothing`);
  for (const match of matches) expectZib(match, search);
  const references = matches.map(referenceTo);
  if (search.profile !== undefined && search.patientParameter === 'patient') {
    const byProfile = await searchset(requestWith(search, patient, [['_profile', search.profile]]), asking);
    const same = byProfile.entry.filter((entry) => entry.search.mode === 'match').map(({ resource }) => referenceTo(resource));
    if (same.join() !== references.join()) throw new Error(`${search.name} finds something else by its profile`);
  }
  return references;
}

/** A search without a code may find others of its type as well; what it finds says what it is. */
function expectZib(resource: IdentifiedResource, { name, zib, discriminator }: AllowedSearch): void {
  const is = zibOf(resource);
  if (discriminator !== undefined && is !== zib) throw new Error(`${name} finds a ${is?.name ?? 'resource without a zib'}`);
  const profiles = z.object({ meta: z.object({ profile: z.array(z.string()).optional() }) }).parse(resource).meta.profile ?? [];
  if (is?.profile !== undefined && !profiles.includes(is.profile)) throw new Error(`${name} finds a ${is.name} that does not say so`);
}

function requestWith({ type, patientParameter, includes, sortable, usualCount }: AllowedSearch, patient: string, selecting: readonly (readonly [string, string])[]): string {
  const parameters: readonly (readonly [string, string])[] = [
    [patientParameter, patientParameter === '_id' ? patient : `Patient/${patient}`],
    ...selecting,
    ...includes.map(({ parameter, value }) => [parameter, value] as const),
    ...(sortable ? [['_sort', '-date'] as const] : []),
    ...(usualCount === undefined ? [] : [['_count', String(usualCount)] as const]),
  ];
  return `${type}?${parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}

async function searchset(request: string, { strangers, token }: Asking): Promise<z.infer<typeof Searchset>> {
  const { status, body } = await askFhir(strangers, token, request);
  if (status !== 200) throw new Error(`${request} is answered with ${status}`);
  return Searchset.parse(body);
}

/** What is written back and not read has no search: by the code of its zib it is refused. @throws Error when it is not */
export async function expectNoSearch({ zibs }: ChapterFourItem, asking: Asking): Promise<void> {
  for (const zib of zibs) {
    const { status } = await askFhir(asking.strangers, asking.token, bareRequest(zib, asking.strangers.custodian.patient));
    if (status !== 403) throw new Error(`a search for ${zib.name} is answered with ${status}`);
  }
}

function bareRequest(zib: Zib, patient: string): string {
  const [token] = tellingTokens(zib);
  const selecting = zib.recognisedBy === undefined || token === undefined ? '' : `&${zib.recognisedBy.parameter}=${encodeURIComponent(token)}`;
  return `${zib.type}?patient=Patient/${patient}${selecting}`;
}
