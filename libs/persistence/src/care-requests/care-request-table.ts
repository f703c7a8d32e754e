import type { CareRequest, CareRequestStore, Triage } from '@anw/triage';
import { EmployeeIdentifier } from '@anw/values';
import type { Transaction } from '../database/database.js';
import { CareRequestEntity, type CareRequestRow } from './care-request-entity.js';

/** Care requests of the transaction's organisation, in PostgreSQL. */
export class CareRequestTable implements CareRequestStore {
  constructor(private readonly tx: Transaction) {}

  async addCareRequest({ id, kind, reportedBy, description, urgency, receivedAt }: CareRequest): Promise<boolean> {
    const rows = await this.tx.query(
      `INSERT INTO care_request (organisation_id, id, kind, reported_by, description, urgency, received_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING id`,
      [this.tx.organisation, id, kind, reportedBy, description, urgency, receivedAt],
    );
    return rows.length === 1;
  }

  async findCareRequest(id: string): Promise<CareRequest | undefined> {
    const row = await this.tx.manager.findOneBy(CareRequestEntity, { organisationId: this.tx.organisation, id });
    return row === null ? undefined : fromRow(row);
  }

  async lockCareRequest(id: string): Promise<CareRequest | undefined> {
    await this.tx.query('SELECT 1 FROM care_request WHERE organisation_id = $1 AND id = $2 FOR UPDATE', [this.tx.organisation, id], 'lock-care-request');
    return this.findCareRequest(id);
  }

  async saveTriage(id: string, { outcome, decidedAt, decidedBy }: Triage): Promise<void> {
    await this.tx.manager.update(CareRequestEntity, { organisationId: this.tx.organisation, id }, { outcome, decidedAt, decidedBy });
  }

  async listCareRequests(limit: number): Promise<readonly CareRequest[]> {
    const rows = await this.tx.manager.find(CareRequestEntity, { where: { organisationId: this.tx.organisation }, order: { receivedAt: 'DESC', id: 'ASC' }, take: limit });
    return rows.map(fromRow);
  }
}

function fromRow({ id, kind, reportedBy, description, urgency, receivedAt, outcome, decidedAt, decidedBy }: CareRequestRow): CareRequest {
  const request = { id, kind, reportedBy, description, urgency, receivedAt };
  if (outcome === null || decidedAt === null || decidedBy === null) return request;
  return { ...request, triage: { outcome, decidedAt, decidedBy: EmployeeIdentifier.parse(decidedBy) } };
}
