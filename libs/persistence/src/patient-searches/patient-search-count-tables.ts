import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** How often each regisseur searched this minute; one row per regisseur, which all replicas count in. */
export async function createPatientSearchCountTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE patient_search_count (
      organisation_id uuid NOT NULL,
      regisseur text NOT NULL,
      minute timestamptz NOT NULL,
      searches integer NOT NULL,
      PRIMARY KEY (organisation_id, regisseur)
    )`);
  await lockToOrganisation(runner, 'patient_search_count', ['SELECT', 'INSERT', 'UPDATE']);
}
