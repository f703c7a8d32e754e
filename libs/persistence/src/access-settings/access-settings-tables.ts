import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** One row per organisation that has set something; what is not in it has its default. */
export async function createAccessSettingsTables(runner: QueryRunner): Promise<void> {
  await runner.query(`CREATE TABLE access_settings (
    organisation_id uuid PRIMARY KEY,
    settings jsonb NOT NULL,
    changed_at timestamptz NOT NULL
  )`);
  await lockToOrganisation(runner, 'access_settings', ['SELECT', 'INSERT', 'UPDATE']);
}
