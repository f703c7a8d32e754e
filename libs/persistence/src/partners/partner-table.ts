import type { Partner, PartnerRole, PartnerStore } from '@anw/triage';
import { Did } from '@anw/values';
import type { Transaction } from '../database/database.js';
import { PartnerEntity, type PartnerRow } from './partner-entity.js';

/** Partners of the transaction's organisation, in PostgreSQL. */
export class PartnerTable implements PartnerStore {
  constructor(private readonly tx: Transaction) {}

  async savePartner({ did, name, role }: Partner): Promise<void> {
    await this.tx.query(
      `INSERT INTO partner (organisation_id, did, role, name) VALUES ($1, $2, $3, $4)
       ON CONFLICT (organisation_id, did, role) DO UPDATE SET name = EXCLUDED.name`,
      [this.tx.organisation, did, role, name],
    );
  }

  async findPartner(did: Did, role: PartnerRole): Promise<Partner | undefined> {
    const row = await this.tx.manager.findOneBy(PartnerEntity, { organisationId: this.tx.organisation, did, role });
    return row === null ? undefined : fromRow(row);
  }

  async listPartners(role?: PartnerRole): Promise<readonly Partner[]> {
    const rows = await this.tx.manager.find(PartnerEntity, {
      where: { organisationId: this.tx.organisation, ...(role !== undefined && { role }) },
      order: { name: 'ASC', did: 'ASC' },
    });
    return rows.map(fromRow);
  }
}

function fromRow({ did, role, name }: PartnerRow): Partner {
  return { did: Did.parse(did), role, name };
}
