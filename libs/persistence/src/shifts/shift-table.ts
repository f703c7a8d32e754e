import type { Shift, ShiftStore } from '@anw/scheduling';
import { Did, EmployeeIdentifier, type ValidityPeriod } from '@anw/values';
import { LessThan, MoreThan } from 'typeorm';
import type { Transaction } from '../database/database.js';
import { ShiftEntity, type ShiftRow } from './shift-entity.js';

/** Shifts known to the transaction's organisation, in PostgreSQL. */
export class ShiftTable implements ShiftStore {
  constructor(private readonly tx: Transaction) {}

  async addShift({ id, practitioner, actor, district, startArea, period }: Shift): Promise<boolean> {
    const rows = await this.tx.query(
      `INSERT INTO shift (organisation_id, id, practitioner, practitioner_name, role_name, actor, district, starts_at, ends_at, start_area)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING id`,
      [this.tx.organisation, id, practitioner.identifier, practitioner.name, practitioner.roleName, actor, district ?? null, period.from, period.until, startArea ?? null],
    );
    return rows.length === 1;
  }

  async saveShift(shift: Shift): Promise<void> {
    if (await this.addShift(shift)) return;
    const { id, practitioner, district, startArea, period } = shift;
    await this.tx.query('UPDATE shift SET practitioner_name = $3, role_name = $4, district = $5, start_area = $6, ends_at = $7 WHERE organisation_id = $1 AND id = $2', [this.tx.organisation, id, practitioner.name, practitioner.roleName, district ?? null, startArea ?? null, period.until]);
  }

  async findShift(id: string): Promise<Shift | undefined> {
    const row = await this.tx.manager.findOneBy(ShiftEntity, { organisationId: this.tx.organisation, id });
    return row === null ? undefined : fromRow(row);
  }

  async holdShift(id: string): Promise<Shift | undefined> {
    await this.tx.query('SELECT 1 FROM shift WHERE organisation_id = $1 AND id = $2 FOR SHARE', [this.tx.organisation, id]);
    return this.findShift(id);
  }

  async endShift(id: string, at: Date): Promise<boolean> {
    const rows = await this.tx.query('UPDATE shift SET ended_at = $3 WHERE organisation_id = $1 AND id = $2 AND ended_at IS NULL RETURNING id', [this.tx.organisation, id, at]);
    return rows.length === 1;
  }

  async listShifts({ from, until }: ValidityPeriod): Promise<readonly Shift[]> {
    const rows = await this.tx.manager.find(ShiftEntity, {
      where: { organisationId: this.tx.organisation, startsAt: LessThan(until), endsAt: MoreThan(from) },
      order: { startsAt: 'ASC', id: 'ASC' },
    });
    return rows.map(fromRow);
  }
}

function fromRow({ id, practitioner, practitionerName, roleName, actor, district, startsAt, endsAt, toldAt, startArea, ...row }: ShiftRow): Shift {
  const endedAt = row.endedAt ?? row.absentSince;
  return {
    id,
    practitioner: { identifier: EmployeeIdentifier.parse(practitioner), name: practitionerName, roleName },
    actor: Did.parse(actor),
    period: { from: startsAt, until: endsAt },
    ...(district !== null && { district }),
    ...(startArea !== null && { startArea }),
    ...(endedAt && { endedAt }),
    ...(toldAt && { toldAt }),
  };
}
