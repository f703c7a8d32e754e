import { type DossierPart, type DossierPartFailure, type DossierQuery, type FhirResource, type ReferredResource, referredResources } from '@anw/fhir';
import { OutboundError } from '@anw/outbound';
import type { Clock } from '@anw/values';
import type { FhirClient } from './fhir-client.js';
import { FhirClientError, type FhirClientFailure } from './fhir-client-error.js';
import { inTurn, type InTurn } from './in-turn.js';

export interface DossierFetch {
  readonly client: Pick<FhirClient, 'search' | 'read'>;
  readonly queries: readonly DossierQuery[];
  /** How many requests are under way at once. */
  readonly concurrency: number;
  /** How long one part may take from the moment that its search is sent. */
  readonly partMilliseconds: number;
  readonly clock: Clock;
  /** Aborts when nobody waits for it any more: what is under way is broken off, the rest is not asked. */
  readonly signal?: AbortSignal;
  /** Hears of each part as it comes, in whatever order. */
  readonly onPart?: (part: DossierPart) => void;
}

/** A role names a person and an organisation: that far we follow who signed. */
const MAXIMUM_HOPS = 2;

/**
 * Fetches the parts of a dossier in parallel, answered in the order asked; a part that fails or is slow says so and
 * hides no other. Kept nowhere. @throws the reason of `signal` when it aborts
 */
export async function fetchDossier({ client, queries, concurrency, partMilliseconds, clock, signal, onPart }: DossierFetch): Promise<readonly DossierPart[]> {
  const turns = inTurn(concurrency);
  const reads = new Map<string, Promise<FhirResource | undefined>>();
  const parts = queries.map(async (query) => {
    const part = await fetchPart(query, { client, turns, reads, partMilliseconds, clock, signal });
    signal?.throwIfAborted();
    onPart?.(part);
    return part;
  });
  return Promise.all(parts);
}

interface PartFetch extends Pick<DossierFetch, 'client' | 'partMilliseconds' | 'clock'> {
  readonly signal: AbortSignal | undefined;
  readonly turns: InTurn;
  /** What was asked by its id for any part: nothing is asked twice. */
  readonly reads: Map<string, Promise<FhirResource | undefined>>;
}

async function fetchPart(query: DossierQuery, fetch: PartFetch): Promise<DossierPart> {
  const { client, turns, partMilliseconds, clock, signal } = fetch;
  let late: AbortSignal | undefined;
  try {
    const { matches, included, total } = await turns(async () => {
      late = AbortSignal.timeout(partMilliseconds);
      return client.search(query, { signal: until(late, signal) });
    });
    const referred = await readReferred(query, [...matches, ...included], fetch);
    return { name: query.name, state: 'fetched', resources: matches, included: [...included, ...referred], total, fetchedAt: clock() };
  } catch (error) {
    if (!(error instanceof FhirClientError)) throw error;
    signal?.throwIfAborted();
    return { name: query.name, state: 'failed', reason: late?.aborted === true || tookTooLong(error) ? 'too-slow' : reasons[error.code] };
  }
}

/** The way to the custodian has a limit of its own for each request, which may be the shorter one. */
function tookTooLong({ cause }: FhirClientError): boolean {
  return cause instanceof OutboundError && cause.code === 'timeout';
}

/** What the lines need and no search gives. A resource that cannot be read is absent: its line says so. */
async function readReferred({ name }: DossierQuery, came: readonly FhirResource[], fetch: PartFetch): Promise<readonly FhirResource[]> {
  const known = new Set(came.map(({ resourceType, id }) => `${resourceType}/${id}`));
  const found: FhirResource[] = [];
  let last = came;
  for (let hop = 0; hop < MAXIMUM_HOPS && last.length > 0; hop += 1) {
    const wanted = referredResources(name, last, known);
    for (const { type, id } of wanted) known.add(`${type}/${id}`);
    last = (await Promise.all(wanted.map((each) => readOnce(each, fetch)))).filter((resource) => resource !== undefined);
    found.push(...last);
  }
  return found;
}

function readOnce(wanted: ReferredResource, fetch: PartFetch): Promise<FhirResource | undefined> {
  const reference = `${wanted.type}/${wanted.id}`;
  const underWay = fetch.reads.get(reference) ?? read(wanted, fetch);
  fetch.reads.set(reference, underWay);
  return underWay;
}

async function read({ type, id }: ReferredResource, { client, turns, partMilliseconds, signal }: PartFetch): Promise<FhirResource | undefined> {
  try {
    return await turns(async () => client.read(type, id, { signal: until(AbortSignal.timeout(partMilliseconds), signal) }));
  } catch (error) {
    if (!(error instanceof FhirClientError)) throw error;
    signal?.throwIfAborted();
    return undefined;
  }
}

/** @throws the reason of `signal`, once nobody waits: then nothing more is asked */
function until(late: AbortSignal, signal: AbortSignal | undefined): AbortSignal {
  signal?.throwIfAborted();
  return signal === undefined ? late : AbortSignal.any([late, signal]);
}

const reasons: Readonly<Record<FhirClientFailure, DossierPartFailure>> = {
  'not-authenticated': 'expired',
  'no-access': 'no-access',
  'not-found': 'no-access',
  'invalid-resource': 'unreadable',
  duplicate: 'unreadable',
  refused: 'unreadable',
  unavailable: 'unavailable',
  unreadable: 'unreadable',
};
