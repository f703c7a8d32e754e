import type { FoundEvent, LogSearch, LogSearcher } from '@anw/audit';
import { Between, type FindOptionsWhere, LessThan, MoreThanOrEqual } from 'typeorm';
import type { Transaction } from '../database/database.js';
import { AuditEntity, type AuditRow } from './audit-entity.js';
import { toAuditEventOfRow } from './audit-trail-table.js';

/** Searches the log of the transaction's organisation. */
export class LogSearchTable implements LogSearcher {
  constructor(private readonly tx: Transaction) {}

  async searchLog({ before, limit, from, until, ...same }: LogSearch): Promise<readonly FoundEvent[]> {
    const where: FindOptionsWhere<AuditRow> = {
      ...withoutUndefined(same),
      organisationId: this.tx.organisation,
      ...(before !== undefined && { sequence: LessThan(String(before)) }),
      ...periodOf(from, until),
    };
    const rows = await this.tx.manager.find(AuditEntity, { where, order: { sequence: 'DESC' }, take: limit });
    return rows.map((row) => ({ sequence: Number(row.sequence), event: toAuditEventOfRow(row) }));
  }
}

/** Half-open; a row's moment is in whole milliseconds, so the last one before `until` is a millisecond before. */
function periodOf(from: Date | undefined, until: Date | undefined): Pick<FindOptionsWhere<AuditRow>, 'at'> {
  if (from !== undefined && until !== undefined) return { at: Between(from, new Date(until.getTime() - 1)) };
  if (from !== undefined) return { at: MoreThanOrEqual(from) };
  return until === undefined ? {} : { at: LessThan(until) };
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}
