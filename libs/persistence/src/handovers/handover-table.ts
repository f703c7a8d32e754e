import type { Handover, HandoverPerson, HandoverStore } from '@anw/triage';
import { EmployeeIdentifier } from '@anw/values';
import { z } from 'zod';
import type { Transaction } from '../database/database.js';
import { raiseSignal } from '../signals/signals.js';

const Items = z.array(z.strictObject({ careRequest: z.string(), authorization: z.string().exactOptional(), note: z.string().exactOptional() }));

/** Handovers at the transaction's organisation, in PostgreSQL. Every change is signalled on `handover`. */
export class HandoverTable implements HandoverStore {
  constructor(private readonly tx: Transaction) {}

  async addHandover({ id, from, writtenAt, remark, items }: Handover): Promise<boolean> {
    const rows = await this.tx.query(
      `INSERT INTO handover (organisation_id, id, written_by, written_by_name, written_at, remark, items) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT DO NOTHING RETURNING id`,
      [this.tx.organisation, id, from.identifier, from.name, writtenAt, remark ?? null, JSON.stringify(items)],
    );
    return this.signalIf(rows.length === 1, id);
  }

  async findHandover(id: string): Promise<Handover | undefined> {
    const [row] = await this.tx.query<HandoverRow>('SELECT * FROM handover WHERE organisation_id = $1 AND id = $2', [this.tx.organisation, id]);
    return row && fromRow(row);
  }

  async listHandovers(limit: number): Promise<readonly Handover[]> {
    const rows = await this.tx.query<HandoverRow>('SELECT * FROM handover WHERE organisation_id = $1 ORDER BY written_at DESC, id LIMIT $2', [this.tx.organisation, limit]);
    return rows.map(fromRow);
  }

  async markAccepted(id: string, by: HandoverPerson, at: Date): Promise<boolean> {
    const rows = await this.tx.query(
      'UPDATE handover SET accepted_by = $3, accepted_by_name = $4, accepted_at = $5 WHERE organisation_id = $1 AND id = $2 AND accepted_at IS NULL RETURNING id',
      [this.tx.organisation, id, by.identifier, by.name, at],
    );
    return this.signalIf(rows.length === 1, id);
  }

  private async signalIf(changed: boolean, id: string): Promise<boolean> {
    if (changed) await raiseSignal(this.tx, 'handover', { organisation: this.tx.organisation, id });
    return changed;
  }
}

interface HandoverRow {
  readonly id: string;
  readonly written_by: string;
  readonly written_by_name: string;
  readonly written_at: Date;
  readonly remark: string | null;
  readonly items: unknown;
  readonly accepted_by: string | null;
  readonly accepted_by_name: string | null;
  readonly accepted_at: Date | null;
}

function fromRow(row: HandoverRow): Handover {
  return {
    id: row.id,
    from: { identifier: EmployeeIdentifier.parse(row.written_by), name: row.written_by_name },
    writtenAt: row.written_at,
    ...(row.remark !== null && { remark: row.remark }),
    items: Items.parse(row.items),
    ...acceptedOf(row),
  };
}

function acceptedOf({ accepted_by, accepted_by_name, accepted_at }: HandoverRow): Pick<Handover, 'accepted'> {
  if (accepted_by === null || accepted_by_name === null || accepted_at === null) return {};
  return { accepted: { by: { identifier: EmployeeIdentifier.parse(accepted_by), name: accepted_by_name }, at: accepted_at } };
}
