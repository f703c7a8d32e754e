import type { Urgency } from '@anw/authorization';
import { type CareRequest, type CareRequestStore, type Triage, triageOutcomes } from '@anw/triage';
import { EmployeeIdentifier, type ValidityPeriod } from '@anw/values';
import { And, In, LessThan, MoreThanOrEqual } from 'typeorm';
import { z } from 'zod';
import type { Transaction } from '../database/database.js';
import { raiseSignal } from '../signals/signals.js';
import { CareRequestEntity, type CareRequestRow } from './care-request-entity.js';

const Walked = z.strictObject({
  version: z.int(),
  outcome: z.enum(triageOutcomes),
  answers: z.array(z.strictObject({ question: z.string(), answer: z.string(), questionText: z.string(), answerText: z.string() })),
});

/** Care requests of the transaction's organisation, in PostgreSQL. Every change is signalled on `care_request`. */
export class CareRequestTable implements CareRequestStore {
  constructor(private readonly tx: Transaction) {}

  async addCareRequest({ id, kind, reportedBy, description, urgency, receivedAt }: CareRequest): Promise<boolean> {
    const rows = await this.tx.query(
      `INSERT INTO care_request (organisation_id, id, kind, reported_by, description, urgency, received_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING id`,
      [this.tx.organisation, id, kind, reportedBy, description, urgency, receivedAt],
    );
    if (rows.length === 1) await this.signal(id);
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

  async saveTriage(id: string, { outcome, decidedAt, decidedBy, tree, deviation, note }: Triage, urgency: Urgency): Promise<void> {
    await this.tx.query(
      `UPDATE care_request SET outcome = $3, decided_at = $4, decided_by = $5, tree = $6, deviation = $7, triage_note = $8, urgency = $9 WHERE organisation_id = $1 AND id = $2`,
      [this.tx.organisation, id, outcome, decidedAt, decidedBy, tree === undefined ? null : JSON.stringify(tree), deviation ?? null, note ?? null, urgency],
    );
    await this.signal(id);
  }

  async listInPeriod({ from, until }: ValidityPeriod, ids: readonly string[], limit: number): Promise<readonly CareRequest[]> {
    const rows = await this.tx.manager.find(CareRequestEntity, {
      where: [
        { organisationId: this.tx.organisation, receivedAt: And(MoreThanOrEqual(from), LessThan(until)) },
        { organisationId: this.tx.organisation, id: In(ids) },
      ],
      order: { receivedAt: 'DESC', id: 'ASC' },
      take: limit,
    });
    return rows.map(fromRow);
  }

  async listCareRequests(limit: number): Promise<readonly CareRequest[]> {
    const rows = await this.tx.manager.find(CareRequestEntity, { where: { organisationId: this.tx.organisation }, order: { receivedAt: 'DESC', id: 'ASC' }, take: limit });
    return rows.map(fromRow);
  }

  private signal(id: string): Promise<void> {
    return raiseSignal(this.tx, 'care_request', { organisation: this.tx.organisation, id });
  }
}

function fromRow({ id, kind, reportedBy, description, urgency, receivedAt, outcome, decidedAt, decidedBy, tree, deviation, triageNote }: CareRequestRow): CareRequest {
  const request = { id, kind, reportedBy, description, urgency, receivedAt };
  if (outcome === null || decidedAt === null || decidedBy === null) return request;
  const walked = tree === null ? undefined : Walked.parse(tree);
  return {
    ...request,
    triage: { outcome, decidedAt, decidedBy: EmployeeIdentifier.parse(decidedBy), ...(walked && { tree: walked }), ...(deviation !== null && { deviation }), ...(triageNote !== null && { note: triageNote }) },
  };
}
