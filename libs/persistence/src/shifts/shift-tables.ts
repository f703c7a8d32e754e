import type { QueryRunner } from 'typeorm';
import { grantToApplication, lockToOrganisation } from '../database/schema.js';

/** Shifts that a regisseur knows of. */
export async function createShiftTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE shift (
      organisation_id uuid NOT NULL,
      id uuid NOT NULL,
      practitioner text NOT NULL,
      practitioner_name text NOT NULL,
      role_name text NOT NULL,
      actor text NOT NULL,
      starts_at timestamptz NOT NULL,
      ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
      PRIMARY KEY (organisation_id, id)
    )`);
  await runner.query('CREATE INDEX shift_running ON shift (organisation_id, ends_at, starts_at)');
  await lockToOrganisation(runner, 'shift', ['SELECT', 'INSERT']);
}

/** Shifts may end before their time (design §2 step 7); what was planned stays. Authorizations are found by their shift. */
export async function letShiftsEnd(runner: QueryRunner): Promise<void> {
  await runner.query('ALTER TABLE shift ADD COLUMN ended_at timestamptz');
  await grantToApplication(runner, 'shift', ['UPDATE']);
  await runner.query('CREATE INDEX issued_authorization_of_shift ON issued_authorization (organisation_id, shift_id)');
}
