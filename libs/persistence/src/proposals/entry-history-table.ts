import { type EntryHistory, type EntryKind, type EntryStep, entryStepNames } from '@anw/authorization';
import { EmployeeIdentifier } from '@anw/values';
import { z } from 'zod';
import type { Transaction } from '../database/database.js';

const Name = z.enum(entryStepNames);

interface StepRow {
  readonly entry_id: string;
  readonly kind: EntryKind;
  readonly name: string;
  readonly at: Date;
  readonly changed_by: string | null;
  readonly changed_by_name: string | null;
  readonly reason: string | null;
}

/** What happened to the entries of the transaction's organisation, in PostgreSQL. */
export class EntryHistoryTable implements EntryHistory {
  constructor(private readonly tx: Transaction) {}

  async addStep({ entry, kind, name, at, by, reason }: EntryStep): Promise<void> {
    await this.tx.query('INSERT INTO entry_step (organisation_id, entry_id, kind, name, at, changed_by, changed_by_name, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', [
      this.tx.organisation,
      entry,
      kind,
      name,
      at,
      by?.identifier ?? null,
      by?.name ?? null,
      reason ?? null,
    ]);
  }

  async listSteps(entries: readonly string[]): Promise<readonly EntryStep[]> {
    if (entries.length === 0) return [];
    const rows = await this.tx.query<StepRow>('SELECT * FROM entry_step WHERE organisation_id = $1 AND entry_id = ANY ($2::uuid[]) ORDER BY sequence', [this.tx.organisation, entries]);
    return rows.map(toStep);
  }
}

function toStep({ entry_id: entry, kind, name, at, changed_by: identifier, changed_by_name: fullName, reason }: StepRow): EntryStep {
  return {
    entry,
    kind,
    name: Name.parse(name),
    at,
    ...(identifier !== null && { by: { identifier: EmployeeIdentifier.parse(identifier), ...(fullName !== null && { name: fullName }) } }),
    ...(reason !== null && { reason }),
  };
}
