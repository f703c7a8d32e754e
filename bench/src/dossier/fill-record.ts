import { IdentifiedResource } from '@anw/fhir';
import { type Database, ResourceLoadTable } from '@anw/persistence';
import { createDossier, syntheticClients } from '@anw/region';
import type { OrganisationId } from '@anw/values';
import { randomBytes } from 'node:crypto';

/** Dossiers that are loaded in one transaction. */
const AT_ONCE = 25;

/** How the ids of what is loaded here begin. */
const OURS = 'bench-';

/**
 * Fills the store of one organisation with dossiers of other clients, each whole, until it holds so many resources; what
 * is there already stays and counts. Answers how many it holds.
 */
export async function fillRecord(database: Database, organisation: OrganisationId, atLeast: number): Promise<number> {
  let { resources, dossiers } = await countRecord(database, organisation);
  while (resources < atLeast) {
    const whole = Array.from({ length: AT_ONCE }, (_, each) => dossierOf(dossiers + each)).flat();
    await database.withOrganisation(organisation, (tx) => new ResourceLoadTable(tx, { clock: () => new Date(), searchKey: randomBytes(32) }).loadResources(whole));
    dossiers += AT_ONCE;
    // The care givers are the same in every dossier.
    resources += new Set(whole.filter(({ id }) => id.startsWith(OURS)).map(({ resourceType, id }) => `${resourceType}/${id}`)).size;
  }
  return (await countRecord(database, organisation)).resources;
}

/** The dossier of nobody in particular: a sample client's, under another name. */
function dossierOf(number: number): readonly IdentifiedResource[] {
  const sample = syntheticClients[number % syntheticClients.length]!;
  return createDossier({ ...sample, id: `${OURS}${number}`, variation: number % 50 }, new Date()).map((resource) => IdentifiedResource.parse(resource));
}

async function countRecord(database: Database, organisation: OrganisationId): Promise<{ readonly resources: number; readonly dossiers: number }> {
  const [row] = await database.withOrganisation(organisation, (tx) =>
    tx.query<{ resources: number; dossiers: number }>(
      `SELECT count(*)::integer AS resources, (count(*) FILTER (WHERE type = 'Patient' AND id LIKE $2))::integer AS dossiers FROM fhir_resource WHERE organisation_id = $1`,
      [organisation, `${OURS}%`],
    ),
  );
  return row!;
}
