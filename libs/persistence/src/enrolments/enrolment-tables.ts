import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** Which patient receives out-of-hours care through which regisseur, and her handle there (check 8, design D7). */
export async function createEnrolmentTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE enrolment (
      organisation_id uuid NOT NULL,
      id uuid NOT NULL,
      patient_id text NOT NULL,
      regisseur text NOT NULL,
      handle text NOT NULL,
      valid_from timestamptz NOT NULL,
      valid_until timestamptz NOT NULL,
      PRIMARY KEY (organisation_id, id),
      UNIQUE (organisation_id, handle)
    )`);
  await runner.query('CREATE INDEX enrolment_patient ON enrolment (organisation_id, patient_id, regisseur, valid_until)');
  await lockToOrganisation(runner, 'enrolment', ['SELECT', 'INSERT', 'UPDATE']);
}
