import type { Organisation, OrganisationStore } from '@anw/identity';
import type { Did, OrganisationId, OrganisationName } from '@anw/values';
import type { Database } from '../database/database.js';
import { OrganisationTable } from './organisation-table.js';

export interface OrganisationDirectory extends Pick<OrganisationStore, 'findByName' | 'findByDid' | 'listOrganisations'> {
  findById(id: OrganisationId): Promise<Organisation | undefined>;
}

/**
 * Our organisations, for every request that names one. An organisation never changes, so one that was found is never
 * looked up again; one that was not found is, since another process may have made it.
 */
export function createOrganisationDirectory(database: Database): OrganisationDirectory {
  const byName = new Map<OrganisationName, Organisation>();
  const byDid = new Map<Did, Organisation>();
  const byId = new Map<OrganisationId, Organisation>();

  async function lookUp(find: (table: OrganisationTable) => Promise<Organisation | undefined>): Promise<Organisation | undefined> {
    const organisation = await database.acrossOrganisations((tx) => find(new OrganisationTable(tx)));
    if (organisation === undefined) return undefined;
    byName.set(organisation.name, organisation);
    byDid.set(organisation.did, organisation);
    byId.set(organisation.id, organisation);
    return organisation;
  }

  return {
    findByName: async (name) => byName.get(name) ?? lookUp((table) => table.findByName(name)),
    findByDid: async (did) => byDid.get(did) ?? lookUp((table) => table.findByDid(did)),
    findById: async (id) => byId.get(id) ?? lookUp((table) => table.findById(id)),
    listOrganisations: () => database.acrossOrganisations((tx) => new OrganisationTable(tx).listOrganisations()),
  };
}
