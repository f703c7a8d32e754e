import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** Which regisseur may authorize which actor, and the delegations issued on the strength of it (check 7, design D11). */
export async function createAllowlistTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE allowlist_row (
      organisation_id uuid NOT NULL,
      id uuid NOT NULL,
      regisseur text NOT NULL,
      actor text NOT NULL,
      valid_from timestamptz NOT NULL,
      valid_until timestamptz NOT NULL,
      PRIMARY KEY (organisation_id, id)
    )`);
  await runner.query('CREATE INDEX allowlist_row_pair ON allowlist_row (organisation_id, regisseur, actor, valid_until)');
  await lockToOrganisation(runner, 'allowlist_row', ['SELECT', 'INSERT', 'UPDATE']);
  await runner.query(`
    CREATE TABLE issued_delegation (
      organisation_id uuid NOT NULL,
      id text NOT NULL,
      sequence bigint GENERATED ALWAYS AS IDENTITY,
      regisseur text NOT NULL,
      valid_from timestamptz NOT NULL,
      valid_until timestamptz NOT NULL,
      max_authorization_seconds integer NOT NULL,
      revoked_at timestamptz,
      jwt text NOT NULL,
      PRIMARY KEY (organisation_id, id)
    )`);
  await runner.query('CREATE INDEX issued_delegation_newest ON issued_delegation (organisation_id, regisseur, sequence)');
  await lockToOrganisation(runner, 'issued_delegation', ['SELECT', 'INSERT', 'UPDATE']);
}

/** Whom each delegation names. One from before has none, so that the first look at it renews it. */
export async function nameActorsOfDelegations(runner: QueryRunner): Promise<void> {
  await runner.query("ALTER TABLE issued_delegation ADD COLUMN IF NOT EXISTS actors jsonb NOT NULL DEFAULT '[]'");
}
