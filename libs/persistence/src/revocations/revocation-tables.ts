import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** Authorizations that their regisseur said, by a push, to have revoked (check 6, design D10). A revocation is final. */
export async function createRevocationTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE pushed_revocation (
      organisation_id uuid NOT NULL,
      issuer text NOT NULL,
      authorization_id text NOT NULL,
      revoked_at timestamptz NOT NULL,
      PRIMARY KEY (organisation_id, issuer, authorization_id)
    )`);
  await lockToOrganisation(runner, 'pushed_revocation', ['SELECT', 'INSERT']);
}
