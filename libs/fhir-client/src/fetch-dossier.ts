import type { DossierPart, DossierPartFailure, DossierQuery } from '@anw/fhir';
import type { FhirClient } from './fhir-client.js';
import { FhirClientError, type FhirClientFailure } from './fhir-client-error.js';

export interface DossierFetch {
  readonly client: Pick<FhirClient, 'search'>;
  readonly queries: readonly DossierQuery[];
  /** How many searches are under way at once. */
  readonly concurrency: number;
}

/** Fetches the parts of a dossier in parallel, answered in the order asked; a part that fails says so and hides no other. */
export async function fetchDossier({ client, queries, concurrency }: DossierFetch): Promise<readonly DossierPart[]> {
  const parts = new Map<DossierQuery, DossierPart>();
  const waiting = [...queries];
  const worker = async (): Promise<void> => {
    for (let query = waiting.shift(); query !== undefined; query = waiting.shift()) parts.set(query, await fetchPart(client, query));
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(concurrency, queries.length)) }, worker));
  return queries.flatMap((query) => parts.get(query) ?? []);
}

async function fetchPart(client: Pick<FhirClient, 'search'>, query: DossierQuery): Promise<DossierPart> {
  try {
    const { matches, included, total } = await client.search(query);
    return { name: query.name, state: 'fetched', resources: matches, included, total };
  } catch (error) {
    if (!(error instanceof FhirClientError)) throw error;
    return { name: query.name, state: 'failed', reason: reasons[error.code] };
  }
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
