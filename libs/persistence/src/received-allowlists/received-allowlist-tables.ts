import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** The newest delegation that each custodian gave a regisseur. */
export async function createReceivedDelegationTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE received_delegation (
      organisation_id uuid NOT NULL,
      custodian text NOT NULL,
      id text NOT NULL,
      actors jsonb NOT NULL,
      max_authorization_seconds integer NOT NULL,
      valid_from timestamptz NOT NULL,
      valid_until timestamptz NOT NULL,
      jwt text NOT NULL,
      fetched_at timestamptz NOT NULL,
      PRIMARY KEY (organisation_id, custodian)
    )`);
  await lockToOrganisation(runner, 'received_delegation', ['SELECT', 'INSERT', 'UPDATE']);
}

/** What each custodian told a regisseur of its rows, when, and what came of the last attempt to ask. */
export async function createReceivedAllowlistTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE received_allowlist (
      organisation_id uuid NOT NULL,
      custodian text NOT NULL,
      rows jsonb NOT NULL,
      delegation_id text,
      fetched_at timestamptz,
      attempted_at timestamptz,
      failure text CHECK (failure IN ('unreachable', 'unreadable', 'refused', 'limited')),
      told_at timestamptz,
      PRIMARY KEY (organisation_id, custodian)
    )`);
  await lockToOrganisation(runner, 'received_allowlist', ['SELECT', 'INSERT', 'UPDATE']);
}
