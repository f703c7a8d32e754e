import { allowedSearches, MAXIMUM_COUNT } from '@anw/fhir';
import { type Database, FhirResourceTable } from '@anw/persistence';
import type { OrganisationId, PatientId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { median } from '../measure/statistics.js';

const TIMES = 25;

export interface SlowestSearch {
  readonly name: string;
  /** The middle one of several, transaction included, asked one after another. */
  readonly milliseconds: number;
}

/** Asks the store every search that the policy allows, whole, and tells which takes longest. */
export async function findSlowestSearch(database: Database, organisation: OrganisationId, patient: PatientId): Promise<SlowestSearch> {
  const searches: SlowestSearch[] = [];
  for (const search of allowedSearches) {
    const taken: number[] = [];
    for (let time = 0; time < TIMES; time += 1) {
      const asked = performance.now();
      await database.withOrganisation(organisation, (tx) => new FhirResourceTable(tx, { clock: () => new Date(), newId: randomUUID }).search({ patient, search, count: MAXIMUM_COUNT }));
      taken.push(performance.now() - asked);
    }
    searches.push({ name: search.name, milliseconds: median(taken) });
  }
  return searches.reduce((slowest, each) => (each.milliseconds > slowest.milliseconds ? each : slowest));
}
