import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** DIDs and keys of the organisations; needs the organisation tables. A withdrawn key keeps its row, its private half goes. */
export async function createKeyTables(runner: QueryRunner): Promise<void> {
  await runner.query(
    `CREATE TABLE organisation_did (
       organisation_id uuid NOT NULL REFERENCES organisation,
       did text NOT NULL UNIQUE,
       alias text NOT NULL UNIQUE,
       provider text NOT NULL,
       controller_kid text,
       PRIMARY KEY (organisation_id, did))`,
  );
  await lockToOrganisation(runner, 'organisation_did', ['SELECT', 'INSERT', 'UPDATE']);
  await runner.query(
    `CREATE TABLE signing_key (
       organisation_id uuid NOT NULL REFERENCES organisation,
       kid text NOT NULL UNIQUE,
       vault text NOT NULL,
       public_key_jwk jsonb NOT NULL,
       state text NOT NULL CHECK (state IN ('active', 'retired', 'withdrawn')),
       sign_from timestamptz NOT NULL,
       created_at timestamptz NOT NULL DEFAULT now(),
       PRIMARY KEY (organisation_id, kid))`,
  );
  await lockToOrganisation(runner, 'signing_key', ['SELECT', 'INSERT', 'UPDATE']);
  await runner.query(
    `CREATE TABLE sealed_key (
       organisation_id uuid NOT NULL REFERENCES organisation,
       kid text NOT NULL,
       encryption_key_id text NOT NULL,
       sealed bytea NOT NULL,
       PRIMARY KEY (organisation_id, kid))`,
  );
  await lockToOrganisation(runner, 'sealed_key', ['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
}
