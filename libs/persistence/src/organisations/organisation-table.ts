import type { Organisation, OrganisationStore } from '@anw/identity';
import { Did, OrganisationId, OrganisationName } from '@anw/values';
import type { SystemTransaction } from '../database/database.js';
import { OrganisationEntity, type OrganisationRow } from './organisation-entity.js';

/** Which organisations there are. Over a transaction of one organisation it sees that one only. */
export class OrganisationTable implements OrganisationStore {
  constructor(private readonly tx: SystemTransaction) {}

  async addOrganisation({ id, ...facts }: Organisation): Promise<void> {
    await this.tx.manager.insert(OrganisationEntity, { organisationId: id, ...facts });
  }

  async findByName(name: OrganisationName): Promise<Organisation | undefined> {
    return toOrganisation(await this.tx.manager.findOneBy(OrganisationEntity, { name }));
  }

  async findByDid(did: Did): Promise<Organisation | undefined> {
    return toOrganisation(await this.tx.manager.findOneBy(OrganisationEntity, { did }));
  }

  async findById(id: OrganisationId): Promise<Organisation | undefined> {
    return toOrganisation(await this.tx.manager.findOneBy(OrganisationEntity, { organisationId: id }));
  }

  async listOrganisations(): Promise<readonly Organisation[]> {
    const rows = await this.tx.manager.find(OrganisationEntity, { order: { name: 'ASC' } });
    return rows.flatMap((row) => toOrganisation(row) ?? []);
  }
}

function toOrganisation(row: OrganisationRow | null): Organisation | undefined {
  if (row === null) return undefined;
  const { organisationId, name, did, displayName, city, issuer } = row;
  return { id: OrganisationId.parse(organisationId), name: OrganisationName.parse(name), did: Did.parse(did), displayName, city, issuer };
}
