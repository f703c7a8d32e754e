import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** What one triagist left to the next. */
export async function createHandoverTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE handover (
      organisation_id uuid NOT NULL,
      id uuid NOT NULL,
      written_by text NOT NULL,
      written_by_name text NOT NULL,
      written_at timestamptz NOT NULL,
      remark text,
      items jsonb NOT NULL,
      accepted_by text,
      accepted_by_name text,
      accepted_at timestamptz,
      PRIMARY KEY (organisation_id, id),
      CONSTRAINT accepted_by_somebody CHECK ((accepted_at IS NULL) = (accepted_by IS NULL) AND (accepted_at IS NULL) = (accepted_by_name IS NULL))
    )`);
  await runner.query('CREATE INDEX handover_newest ON handover (organisation_id, written_at DESC)');
  await lockToOrganisation(runner, 'handover', ['SELECT', 'INSERT', 'UPDATE']);
}
