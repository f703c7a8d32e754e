import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/**
 * Rows of the log from now on name the organisations, the access token and the grounds (form 2); those that are there stay as they
 * were written and sealed (form 1). `organisation_name` is what partners were called when they last showed a credential.
 */
export async function nameOrganisationsInAudit(runner: QueryRunner): Promise<void> {
  await runner.query(`ALTER TABLE audit_event ADD COLUMN form smallint NOT NULL DEFAULT 1 CHECK (form IN (1, 2)), ADD COLUMN actor_name text, ADD COLUMN regisseur_name text, ADD COLUMN token uuid, ADD COLUMN grounds text[]`);
  await runner.query('ALTER TABLE audit_event ALTER COLUMN form SET DEFAULT 2');
  await runner.query(`
    CREATE TABLE organisation_name (
      organisation_id uuid NOT NULL,
      did text NOT NULL,
      name text NOT NULL,
      since timestamptz NOT NULL DEFAULT clock_timestamp(),
      PRIMARY KEY (organisation_id, did)
    )`);
  await lockToOrganisation(runner, 'organisation_name', ['SELECT', 'INSERT', 'UPDATE']);
}
