import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** How to get into homes, one row per patient, apart from every other resource; what it says is encrypted. */
export async function createHomeAccessTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE home_access (
      organisation_id uuid NOT NULL,
      id uuid NOT NULL,
      patient_id text COLLATE "C" NOT NULL,
      encryption_key_id text NOT NULL,
      sealed bytea NOT NULL,
      changed_at timestamptz NOT NULL,
      PRIMARY KEY (organisation_id, id),
      UNIQUE (organisation_id, patient_id)
    )`);
  await lockToOrganisation(runner, 'home_access', ['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
}

/** At the actor: how often a nurse asked how to get in for one visit, and since when that is counted. */
export async function countHomeAccessLooks(runner: QueryRunner): Promise<void> {
  await runner.query('ALTER TABLE received_authorization ADD COLUMN home_access_looks integer NOT NULL DEFAULT 0, ADD COLUMN home_access_since timestamptz');
}
