import type { QueryRunner } from 'typeorm';
import { grantToApplication, lockToOrganisation } from '../database/schema.js';
import { createShiftTables } from '../shifts/shift-tables.js';

/** When a regisseur last asked each actor who is on duty, and what came of it. Its shifts say where they come from. */
export async function createReceivedDutyTables(runner: QueryRunner): Promise<void> {
  await describeShifts(runner);
  await runner.query(`
    CREATE TABLE received_duty (
      organisation_id uuid NOT NULL,
      actor text NOT NULL,
      fetched_at timestamptz,
      attempted_at timestamptz NOT NULL,
      failure text CHECK (failure IN ('unreachable', 'unreadable', 'refused', 'limited')),
      PRIMARY KEY (organisation_id, actor)
    )`);
  await lockToOrganisation(runner, 'received_duty', ['SELECT', 'INSERT', 'UPDATE']);
}

/** An actor's own shifts, as its planning enters them. */
export async function createDutyTables(runner: QueryRunner): Promise<void> {
  await createShiftTables(runner);
  await runner.query('ALTER TABLE shift ADD COLUMN ended_at timestamptz');
  await grantToApplication(runner, 'shift', ['UPDATE']);
  await describeShifts(runner);
}

/** Where the practitioner drives around; at a regisseur, when the actor last told of the shift, and since when it does so no more. */
async function describeShifts(runner: QueryRunner): Promise<void> {
  await runner.query('ALTER TABLE shift ADD COLUMN district text, ADD COLUMN told_at timestamptz, ADD COLUMN absent_since timestamptz');
}
