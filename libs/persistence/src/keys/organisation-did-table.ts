import { Did } from '@anw/values';
import type { Transaction } from '../database/database.js';
import { OrganisationDidEntity, type OrganisationDidRow } from './key-entities.js';

/** A DID as the agent that made it remembers it. */
export interface StoredDid {
  readonly did: Did;
  readonly alias: string;
  readonly provider: string;
  readonly controllerKid?: string;
}

/** The DID of one organisation. */
export class OrganisationDidTable {
  constructor(private readonly tx: Transaction) {}

  async saveDid({ did, alias, provider, controllerKid }: StoredDid): Promise<void> {
    const row = { organisationId: this.tx.organisation, did, alias, provider, controllerKid: controllerKid ?? null };
    await this.tx.manager.upsert(OrganisationDidEntity, row, ['organisationId', 'did']);
  }

  async findDids(where: { readonly did?: string; readonly alias?: string; readonly provider?: string }): Promise<readonly StoredDid[]> {
    const given = Object.fromEntries(Object.entries(where).filter(([, value]) => value !== undefined));
    const rows = await this.tx.manager.find(OrganisationDidEntity, { where: { ...given, organisationId: this.tx.organisation } });
    return rows.map(toStoredDid);
  }
}

function toStoredDid({ did, alias, provider, controllerKid }: OrganisationDidRow): StoredDid {
  return { did: Did.parse(did), alias, provider, ...(controllerKid === null ? {} : { controllerKid }) };
}
