import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** Organisations of the region that a regisseur works with. */
export async function createPartnerTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE partner (
      organisation_id uuid NOT NULL,
      did text NOT NULL,
      role text NOT NULL CHECK (role IN ('custodian', 'actor')),
      name text NOT NULL,
      PRIMARY KEY (organisation_id, did, role)
    )`);
  await lockToOrganisation(runner, 'partner', ['SELECT', 'INSERT', 'UPDATE']);
}
