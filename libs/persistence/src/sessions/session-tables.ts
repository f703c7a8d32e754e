import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** Logins of the staff door. The secret in the browser's cookie is not here, only its SHA-256. */
export async function createSessionTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE staff_session (
      organisation_id uuid NOT NULL,
      hash text NOT NULL UNIQUE,
      staff_user jsonb NOT NULL,
      opened_at timestamptz NOT NULL,
      last_seen_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      PRIMARY KEY (organisation_id, hash)
    )`);
  await runner.query('CREATE INDEX staff_session_expiry ON staff_session (expires_at)');
  await lockToOrganisation(runner, 'staff_session', ['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
}
