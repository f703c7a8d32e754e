import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** Decision records: written once, found by their reference (design D16). */
export async function createDecisionTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE decision_record (
      organisation_id uuid NOT NULL,
      reference uuid NOT NULL,
      at timestamptz NOT NULL,
      record jsonb NOT NULL,
      PRIMARY KEY (organisation_id, reference)
    )`);
  await runner.query('CREATE INDEX decision_record_reference ON decision_record (reference)');
  await lockToOrganisation(runner, 'decision_record', ['SELECT', 'INSERT']);
}
