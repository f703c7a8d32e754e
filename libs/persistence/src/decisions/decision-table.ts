import type { DecisionRecord, DecisionStore } from '@anw/authorization';
import { OrganisationId } from '@anw/values';
import type { SystemTransaction, UnwaitingTransaction } from '../database/database.js';
import { readStoredDecision } from './stored-decision.js';

/** Decision records of the transaction's organisation, in PostgreSQL. */
export class DecisionTable implements DecisionStore {
  constructor(private readonly tx: UnwaitingTransaction) {}

  async saveDecision(record: DecisionRecord): Promise<void> {
    await this.tx.query(
      'INSERT INTO decision_record (organisation_id, reference, at, record) VALUES ($1, $2, $3, $4)',
      [this.tx.organisation, record.reference, record.at, JSON.stringify(record)],
      'save-decision',
    );
  }

  async findDecision(reference: string): Promise<DecisionRecord | undefined> {
    const [row] = await this.tx.query<{ record: unknown }>('SELECT record FROM decision_record WHERE organisation_id = $1 AND reference = $2', [this.tx.organisation, reference]);
    return row && readStoredDecision(row.record);
  }
}

export interface FoundDecision {
  readonly organisation: OrganisationId;
  readonly record: DecisionRecord;
}

/** For the operator, who is told a reference and nothing else (design §6, `GET /operator/decisions/{reference}`). */
export async function findDecisionEverywhere(tx: SystemTransaction, reference: string): Promise<FoundDecision | undefined> {
  const [row] = await tx.query<{ organisation_id: string; record: unknown }>('SELECT organisation_id, record FROM decision_record WHERE reference = $1::uuid', [reference]);
  return row && { organisation: OrganisationId.parse(row.organisation_id), record: readStoredDecision(row.record) };
}

/** Which decision records go: of known callers those before one moment, of callers whom nobody knows those before another. */
export interface DecisionsToForget {
  readonly before: Date;
  readonly anonymousBefore: Date;
}

/** Forgets old decision records of every organisation; answers how many. What the log says of them stays. */
export async function deleteOldDecisionsEverywhere(tx: SystemTransaction, { before, anonymousBefore }: DecisionsToForget): Promise<number> {
  const anonymous = await tx.query("DELETE FROM decision_record WHERE at < $1 AND record ->> 'actor' IS NULL RETURNING 1", [anonymousBefore]);
  const old = await tx.query('DELETE FROM decision_record WHERE at < $1 RETURNING 1', [before]);
  return anonymous.length + old.length;
}
