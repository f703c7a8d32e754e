import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/**
 * Care record systems (ECDs) that open an organisation's pages within their own, and the codes they were given to do so.
 * Of secrets and codes only the SHA-256 is here.
 */
export async function createLaunchTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE launch_client (
      organisation_id uuid NOT NULL,
      id uuid NOT NULL,
      name text NOT NULL,
      secret_hash text NOT NULL,
      origins jsonb NOT NULL,
      created_at timestamptz NOT NULL,
      created_by text NOT NULL,
      PRIMARY KEY (organisation_id, id)
    )`);
  await lockToOrganisation(runner, 'launch_client', ['SELECT', 'INSERT', 'DELETE']);
  await runner.query(`
    CREATE TABLE launch_code (
      organisation_id uuid NOT NULL,
      hash text NOT NULL,
      client_id uuid NOT NULL,
      staff_user jsonb NOT NULL,
      visit uuid,
      expires_at timestamptz NOT NULL,
      PRIMARY KEY (organisation_id, hash),
      FOREIGN KEY (organisation_id, client_id) REFERENCES launch_client ON DELETE CASCADE
    )`);
  await runner.query('CREATE INDEX launch_code_expiry ON launch_code (expires_at)');
  await lockToOrganisation(runner, 'launch_code', ['SELECT', 'INSERT', 'DELETE']);
}
