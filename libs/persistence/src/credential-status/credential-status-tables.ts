import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** Positions in the status lists of this service's issuers. Rows stay: a list must not forget a revocation, nor give its place away. */
export async function createCredentialStatusTables(runner: QueryRunner): Promise<void> {
  await runner.query(`CREATE TABLE credential_status (
    organisation_id uuid NOT NULL,
    page integer NOT NULL CHECK (page > 0),
    index integer NOT NULL CHECK (index BETWEEN 0 AND 131071),
    credential_id text NOT NULL,
    valid_until timestamptz NOT NULL,
    revoked_at timestamptz,
    PRIMARY KEY (organisation_id, page, index),
    UNIQUE (organisation_id, credential_id)
  )`);
  await runner.query('CREATE INDEX credential_status_revoked ON credential_status (organisation_id, page, index) WHERE revoked_at IS NOT NULL');
  await lockToOrganisation(runner, 'credential_status', ['SELECT', 'INSERT', 'UPDATE']);
}
